package io.idempotency.campaign.fuzz;

import io.idempotency.campaign.report.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Feeds the library with what strangers may send: its parsers in process, and a running service over raw sockets. */
public final class Fuzzing {

    private final FuzzPlan plan;
    private final @Nullable Path resources;
    private final List<String> lines = new ArrayList<>();
    private final List<String> findings = new ArrayList<>();

    private Fuzzing(FuzzPlan plan, @Nullable Path resources) {
        this.plan = plan;
        this.resources = resources;
    }

    /**
     * Runs a plan to its end and prints what comes of it as it goes.
     *
     * @param plan how much is tried
     * @param resources where a corpus of what was interesting is to be written, in the place of the one that is there, or null
     * @return the same, for who asked
     * @throws IOException if the database cannot be started
     */
    public static FuzzReport run(FuzzPlan plan, @Nullable Path resources) throws IOException {
        return new Fuzzing(plan, resources).run();
    }

    private FuzzReport run() throws IOException {
        Console.say("Seed " + plan.seed());
        parsers();
        if (plan.requests() > 0) {
            HttpFuzzer fuzzer = new HttpFuzzer(plan.seed());
            fuzzer.run(plan.requests());
            tell(fuzzer.lines(), fuzzer.findings());
            keep(HttpFuzzer.NAME, fuzzer.kept());
        }
        return new FuzzReport(plan, lines, findings);
    }

    /** All at the same time, each with choices of its own. */
    private void parsers() throws IOException {
        Map<String, ParserFuzzer> fuzzers = new LinkedHashMap<>();
        for (ParserTargets.Share share : ParserTargets.all()) {
            ParserFuzzer fuzzer = new ParserFuzzer(share.target(), plan.seed());
            fuzzer.start(share.of(plan.executions()));
            fuzzers.put(share.target().name(), fuzzer);
        }
        for (Map.Entry<String, ParserFuzzer> started : fuzzers.entrySet()) {
            started.getValue().await();
            tell(List.of(started.getValue().line()), started.getValue().findings());
            keep(
                    started.getKey(),
                    ParserTargets.worthCommitting(started.getValue().kept()));
        }
    }

    private void tell(List<String> moreLines, List<String> moreFindings) {
        lines.addAll(moreLines);
        findings.addAll(moreFindings);
        moreLines.forEach(Console::say);
        moreFindings.forEach(finding -> Console.say("FINDING " + finding));
    }

    private void keep(String target, List<Corpus.Case> cases) throws IOException {
        if (resources != null) {
            Corpus.write(resources, target, cases);
        }
    }
}
