package io.idempotency.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs every JMH benchmark of this module, each in a process of its own. */
final class Microbenchmarks {

    private static final String ALL = "^io\\.idempotency\\.";
    /** What benchmarks of bodies count beside their calls, by the second. */
    private static final String INPUT = "bytes";

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private Microbenchmarks() {}

    /**
     * What one benchmark yielded with one set of parameters.
     *
     * @param name class and method
     * @param score in {@code unit}
     * @param error half of the 99.9 % confidence interval
     * @param allocated bytes in one operation
     * @param megabytes of input that went through in a second, or not a number where none are counted
     */
    record Row(
            String name,
            Map<String, String> parameters,
            double score,
            double error,
            String unit,
            double allocated,
            double megabytes) {

        String parametersInWords() {
            return parameters.entrySet().stream()
                    .map(one -> one.getKey() + "=" + one.getValue())
                    .sorted()
                    .collect(Collectors.joining(", "));
        }
    }

    static List<Row> run(boolean quick) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(ALL)
                .addProfiler(GCProfiler.class)
                .forks(1)
                .threads(1)
                .warmupIterations(quick ? 1 : 5)
                .warmupTime(TimeValue.milliseconds(quick ? 50 : 400))
                .measurementIterations(quick ? 1 : 5)
                .measurementTime(TimeValue.milliseconds(quick ? 50 : 200))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .jvmArgs("-Xms1g", "-Xmx1g");
        return new Runner(options.build())
                .run().stream().map(Microbenchmarks::row).toList();
    }

    private static Row row(RunResult run) {
        Result<?> primary = run.getPrimaryResult();
        String[] name = run.getParams().getBenchmark().split("\\.", -1);
        Map<String, String> parameters = run.getParams().getParamsKeys().stream()
                .collect(Collectors.toMap(key -> key, key -> run.getParams().getParam(key)));
        return new Row(
                name[name.length - 2] + "." + name[name.length - 1],
                parameters,
                primary.getScore(),
                primary.getScoreError(),
                primary.getScoreUnit(),
                secondary(run, ALLOCATED),
                secondary(run, INPUT) / 1e6);
    }

    private static double secondary(RunResult run, String name) {
        Result<?> result = run.getSecondaryResults().get(name);
        return result == null ? Double.NaN : result.getScore();
    }

    static String table(List<Row> rows) {
        String head =
                "| benchmark | parameters | score | ± | unit | MB/s | bytes allocated |\n|---|---|---:|---:|---|---:|---:|\n";
        return rows.stream().map(Microbenchmarks::line).collect(Collectors.joining("\n", head, "\n"));
    }

    private static String line(Row row) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %s | %s |",
                row.name(),
                row.parametersInWords().replace("|", "\\|"),
                number(row.score(), 1),
                number(row.error(), 1),
                row.unit(),
                number(row.megabytes(), 0),
                number(row.allocated(), 0));
    }

    private static String number(double value, int digits) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%,." + digits + "f", value);
    }
}
