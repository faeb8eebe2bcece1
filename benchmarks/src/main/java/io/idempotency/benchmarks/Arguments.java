package io.idempotency.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the benchmark is told on its command line.
 *
 * @param quick whether only to look that everything works
 * @param only the scenarios to run, by name; empty for all
 * @param rounds how often every series is measured
 * @param slice how long each time
 * @param records the size of the large table
 * @param report where the report is written to, if not where its completeness allows
 */
record Arguments(
        boolean quick,
        List<String> only,
        int rounds,
        Duration slice,
        long records,
        @Nullable Path report) {

    private static final Set<String> OTHERS = Set.of("protocols", "large", "purge", "startup", "micro");

    private static final Arguments FULL = new Arguments(false, List.of(), 5, Duration.ofSeconds(2), 10_000_000, null);
    private static final Arguments QUICK = new Arguments(true, List.of(), 1, Duration.ofMillis(300), 100_000, null);

    static Arguments parse(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        Arguments parsed = all.remove("--quick") ? QUICK : FULL;
        for (String argument : all) {
            int equals = argument.indexOf('=');
            if (equals < 0) {
                throw unknown(argument);
            }
            parsed = parsed.with(argument.substring(0, equals), argument.substring(equals + 1));
        }
        return parsed;
    }

    private Arguments with(String name, String value) {
        return switch (name) {
            case "--only" -> new Arguments(quick, scenarios(value), rounds, slice, records, report);
            case "--rounds" -> new Arguments(quick, only, Integer.parseInt(value), slice, records, report);
            case "--seconds" -> new Arguments(quick, only, rounds, seconds(value), records, report);
            case "--records" -> new Arguments(quick, only, rounds, slice, Long.parseLong(value), report);
            case "--report" -> new Arguments(quick, only, rounds, slice, records, Path.of(value));
            default -> throw unknown(name);
        };
    }

    private static List<String> scenarios(String value) {
        List<String> names = List.of(value.split(",", -1));
        Set<String> known = new TreeSet<>(Scenarios.NAMES);
        known.addAll(OTHERS);
        if (!known.containsAll(names)) {
            throw new IllegalArgumentException(value + " are not all scenarios: choose among " + known + ".");
        }
        return names;
    }

    private static Duration seconds(String value) {
        return Duration.ofMillis(Math.round(Double.parseDouble(value) * 1000));
    }

    private static IllegalArgumentException unknown(String argument) {
        return new IllegalArgumentException(argument
                + " is not known: use --quick, --only=fresh,replays, --rounds=5, --seconds=2, --records=10000000 or"
                + " --report=file.");
    }

    boolean wants(String scenario) {
        return only.isEmpty() || only.contains(scenario);
    }

    boolean wantsOneOf(Set<String> scenarios) {
        return scenarios.stream().anyMatch(this::wants);
    }

    /** Whether the report may stand for the library. */
    boolean complete() {
        return only.isEmpty() && !quick;
    }

    /** How many requests are counted. */
    int counted() {
        return quick ? 160 : 2000;
    }
}
