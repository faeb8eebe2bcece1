package io.idempotency.benchmarks;

import static io.idempotency.benchmarks.Goal.atLeast;
import static io.idempotency.benchmarks.Goal.atMost;
import static io.idempotency.benchmarks.Goal.below;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What the project promises about speed, looked up in what was found. */
final class Goals {

    /** The microbenchmarks that goals are about. */
    private static final String FILTER_DECISION = "UnguardedRequestBenchmark.decision";

    private static final String FINGERPRINT = "JsonFingerprintBenchmark.fingerprint";
    private static final String PARSER = "JsonFingerprintBenchmark.parserAlone";
    private static final double FAST = 500;
    private static final double SHARE_OF_PARSER = 0.5;

    private static final String OURS = Variant.TRANSACTIONAL.label();
    private static final String FROM_DATABASE = Variant.WITHOUT_MEMORY.label();
    private static final String BY_HAND = Variant.BY_HAND.label();
    private static final String NONE = Variant.NO_LIBRARY.label();
    private static final String TIMES = " ×";

    private final Findings findings;

    private Goals(Findings findings) {
        this.findings = findings;
    }

    static String table(Findings findings) {
        String head = "| goal | wanted | found | |\n|---|---:|---:|---|\n";
        return new Goals(findings)
                .all().stream()
                        .map(goal -> "| " + goal.promise() + " | " + goal.bounds() + " | " + goal.found() + " | "
                                + goal.verdict() + " |")
                        .collect(Collectors.joining("\n", head, "\n"));
    }

    private List<Goal> all() {
        return List.of(
                atLeast(
                        1.00,
                        TIMES,
                        "fresh keys, throughput of by hand",
                        ratio(Scenarios.FRESH, OURS, BY_HAND, Measure.THROUGHPUT)),
                atLeast(
                        0.80,
                        TIMES,
                        "fresh keys, throughput of no library",
                        ratio(Scenarios.FRESH, OURS, NONE, Measure.THROUGHPUT)),
                atMost(1.25, TIMES, "fresh keys, p99 of by hand", ratio(Scenarios.FRESH, OURS, BY_HAND, Measure.P99)),
                atMost(2, "", "SQL statements of its own for a fresh key", fresh(Measure.STATEMENTS, true)),
                atMost(
                        0,
                        "",
                        "more commits in the WAL for a fresh key than without the library",
                        fresh(Measure.WRITTEN, true)),
                atMost(
                        0,
                        "",
                        "more fsyncs for a fresh key than without the library, one client",
                        fresh(Measure.FSYNCS_ALONE, true)),
                atMost(800, "", "WAL bytes for a fresh key, the application's own included", fresh(Measure.WAL, false)),
                atLeast(
                        2.5,
                        TIMES,
                        "replays, throughput of fresh payments of no library",
                        ratio(Scenarios.REPLAYS, OURS, NONE, Measure.THROUGHPUT)),
                atLeast(
                        2.5,
                        TIMES,
                        "replays from the database, likewise",
                        ratio(Scenarios.REPLAYS, FROM_DATABASE, NONE, Measure.THROUGHPUT)),
                atMost(
                        1,
                        "",
                        "SQL statements for a replay",
                        value(Scenarios.REPLAYS, FROM_DATABASE, Measure.STATEMENTS)),
                below(
                        1,
                        "",
                        "SQL statements for a copy in a storm of replays of one key",
                        value(Scenarios.ONE_KEY, OURS, Measure.STATEMENTS)),
                below(
                        1,
                        "",
                        "SQL statements for a copy in storms of simultaneous copies",
                        value(Scenarios.STORM, OURS, Measure.STATEMENTS)),
                atMost(
                        0,
                        "",
                        "SQL statements of an unguarded endpoint",
                        value(Scenarios.UNGUARDED, OURS, Measure.STATEMENTS)),
                atLeast(
                        0.99,
                        TIMES,
                        "an unguarded endpoint, throughput of no library",
                        ratio(Scenarios.UNGUARDED, OURS, NONE, Measure.THROUGHPUT)),
                atLeast(
                        0.99,
                        TIMES,
                        "an unguarded endpoint below a guarded path, likewise",
                        ratio(Scenarios.UNGUARDED_BELOW, OURS, NONE, Measure.THROUGHPUT)),
                below(
                        200,
                        " ns",
                        "the filter's decision to let a request pass, slowest case",
                        filter(Microbenchmarks.Row::score)),
                below(0.5, " bytes", "allocated by it, worst case", filter(Microbenchmarks.Row::allocated)),
                atLeast(
                        1,
                        TIMES,
                        "canonical JSON fingerprint, of 500 MB/s or half the parser's own speed, worst body",
                        fingerprint()),
                atLeast(
                        0.9,
                        TIMES,
                        "a large table, throughput of an empty one",
                        ratio(LargeTable.SIZE, LargeTable.LARGE, LargeTable.EMPTY, Measure.THROUGHPUT)),
                atMost(
                        1.5,
                        TIMES,
                        "p99 while a purge runs, of p99 while none does",
                        ratio(LargeTable.PURGE, LargeTable.RUNNING, LargeTable.RESTING, Measure.P99)),
                below(
                        150,
                        " ms",
                        "added to the start of an application that opens its pool",
                        findings.startUp().map(times -> times.added().median())));
    }

    private Optional<Double> ratio(String scenario, String label, String base, Measure measure) {
        return findings.result(scenario)
                .map(result -> result.ratio(label, base, measure).median());
    }

    private Optional<Double> value(String scenario, String label, Measure measure) {
        return findings.result(scenario)
                .map(result -> result.value(label, measure).median());
    }

    /** What a fresh key costs, in all or beyond what the application's own work costs, to the hundredth. */
    private Optional<Double> fresh(Measure measure, boolean beyond) {
        Optional<Double> all = value(Scenarios.FRESH, OURS, measure);
        Optional<Double> own = beyond ? value(Scenarios.FRESH, NONE, measure) : Optional.of(0.0);
        return all.flatMap(ours -> own.map(theirs -> Math.rint((ours - theirs) * 100) / 100));
    }

    /** The worst of its cases. */
    private Optional<Double> filter(ToDoubleFunction<Microbenchmarks.Row> column) {
        return rows(FILTER_DECISION).stream().map(column::applyAsDouble).max(Double::compare);
    }

    /** Of either way to be fast enough the nearer one, for the worst of the bodies; 1 is fast enough. */
    private Optional<Double> fingerprint() {
        return rows(FINGERPRINT).stream()
                .map(row -> Math.max(row.megabytes() / FAST, shareOfParser(row) / SHARE_OF_PARSER))
                .min(Double::compare);
    }

    private double shareOfParser(Microbenchmarks.Row fingerprint) {
        return rows(PARSER).stream()
                .filter(parser -> parser.parameters().equals(fingerprint.parameters()))
                .mapToDouble(parser -> fingerprint.score() / parser.score())
                .findFirst()
                .orElse(0);
    }

    private List<Microbenchmarks.Row> rows(String name) {
        return findings.microbenchmarks().stream()
                .filter(row -> row.name().equals(name))
                .toList();
    }
}
