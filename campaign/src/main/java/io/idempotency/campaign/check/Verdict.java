package io.idempotency.campaign.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What became of the guarantees in a run.
 *
 * @param tally what was looked at
 * @param violations what was found, a guarantee at most once for a subject
 */
public record Verdict(Tally tally, List<Violation> violations) {

    private static final int SHOWN = 3;

    /** Keeps what it is given from changing. */
    public Verdict {
        violations = List.copyOf(violations);
    }

    /** Whether every guarantee held. */
    public boolean holds() {
        return violations.isEmpty();
    }

    /** Both together. */
    public Verdict plus(Verdict other) {
        List<Violation> all = new ArrayList<>(violations);
        all.addAll(other.violations);
        return new Verdict(tally.plus(other.tally), all);
    }

    /** How many subjects broke each guarantee; one that held is not named. */
    public Map<Guarantee, Integer> counts() {
        Map<Guarantee, Integer> counts = new EnumMap<>(Guarantee.class);
        violations.forEach(violation -> counts.merge(violation.guarantee(), 1, Integer::sum));
        return Collections.unmodifiableMap(counts);
    }

    /** The tally, a line for every guarantee, and some violations of each that was broken. */
    @Override
    public String toString() {
        StringBuilder report = new StringBuilder(tally.toString());
        Map<Guarantee, Integer> counts = counts();
        for (Guarantee guarantee : Guarantee.values()) {
            int count = counts.getOrDefault(guarantee, 0);
            String verdict = count == 0 ? "held" : "broken by %,d of the keys".formatted(count);
            report.append("%-4s  %s (%s)%n".formatted(guarantee, verdict, guarantee.sentence()));
        }
        for (Guarantee guarantee : counts.keySet()) {
            violations.stream()
                    .filter(violation -> violation.guarantee() == guarantee)
                    .limit(SHOWN)
                    .forEach(violation -> report.append("%n%s%n".formatted(violation)));
        }
        return report.toString();
    }
}
