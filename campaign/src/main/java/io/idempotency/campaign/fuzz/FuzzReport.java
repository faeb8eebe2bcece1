package io.idempotency.campaign.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a run tried and found.
 *
 * @param plan what was asked for
 * @param lines a line for each target
 * @param findings what must not be; empty if all is well
 */
public record FuzzReport(FuzzPlan plan, List<String> lines, List<String> findings) {

    /** Keeps what it is given from changing. */
    public FuzzReport {
        lines = List.copyOf(lines);
        findings = List.copyOf(findings);
    }

    /** Whether nothing was found. */
    public boolean isClean() {
        return findings.isEmpty();
    }

    /** The report for a reader, its seed first. */
    public String text() {
        List<String> text = new ArrayList<>();
        text.add("Fuzzing with seed " + plan.seed() + ": " + plan.executions() + " parser executions, "
                + plan.requests() + " raw HTTP requests.");
        text.addAll(lines);
        text.add(findings.size() + " findings.");
        text.addAll(findings);
        return text.stream().collect(Collectors.joining("\n"));
    }
}
