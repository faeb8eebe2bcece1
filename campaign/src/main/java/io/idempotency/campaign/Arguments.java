package io.idempotency.campaign;

import io.idempotency.campaign.fuzz.FuzzPlan;
import io.idempotency.campaign.matrix.Fault;
import io.idempotency.campaign.node.SeededBug;
import io.idempotency.campaign.storm.StormPlan;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the campaign is told on its command line.
 *
 * @param part which part of it is run
 * @param options what was said besides, by name
 */
record Arguments(Part part, Map<String, String> options) {

    private static final String DEFAULT_SEED = "20261122";
    private static final List<String> KNOWN = List.of(
            "--seed",
            "--runs",
            "--faults",
            "--kills",
            "--database-faults",
            "--cuts",
            "--bugs",
            "--executions",
            "--requests",
            "--keep");

    /** The parts. */
    enum Part {
        SMOKE,
        MATRIX,
        STORM,
        BUGS,
        FUZZ,
        LONG
    }

    static Arguments parse(String... arguments) {
        Part part = Part.SMOKE;
        Map<String, String> options = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals < 0) {
                part = part(argument);
            } else if (KNOWN.contains(argument.substring(0, equals))) {
                options.put(argument.substring(0, equals), argument.substring(equals + 1));
            } else {
                throw unknown(argument);
            }
        }
        return new Arguments(part, Map.copyOf(options));
    }

    private static Part part(String name) {
        return Arrays.stream(Part.values())
                .filter(part -> part.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(name));
    }

    private static IllegalArgumentException unknown(String argument) {
        return new IllegalArgumentException(argument
                + " is not known: use smoke, long, matrix, storm, bugs or fuzz, with --seed=1, --runs=20, --faults=NODE_KILLED,...,"
                + " --kills=520, --database-faults=210, --cuts=210,"
                + " --bugs=PURGE_RACE,..., --executions=10000000, --requests=100000 or --keep=src/main/resources.");
    }

    /** What all that is random follows from. */
    long seed() {
        return number("--seed", DEFAULT_SEED);
    }

    /** How often each cell of the matrix is met. */
    int runs() {
        return Math.toIntExact(number("--runs", "20"));
    }

    /** The faults of the matrix. */
    Set<Fault> faults() {
        return some(Fault.class, "--faults");
    }

    /** The storm. */
    StormPlan storm() {
        StormPlan full = StormPlan.full(seed());
        return full.with(
                Math.toIntExact(number("--kills", String.valueOf(full.kills()))),
                Math.toIntExact(number("--database-faults", String.valueOf(full.databaseFaults()))),
                Math.toIntExact(number("--cuts", String.valueOf(full.cuts()))));
    }

    /** The seeded bugs that are looked for. */
    Set<SeededBug> bugs() {
        return some(SeededBug.class, "--bugs");
    }

    /** How much is fuzzed. */
    FuzzPlan fuzzing() {
        return new FuzzPlan(seed(), number("--executions", "10000000"), number("--requests", "100000"));
    }

    /** Where the interesting inputs of a run are to be written, or null if they are not. */
    @Nullable
    Path keep() {
        String directory = options.get("--keep");
        return directory == null ? null : Path.of(directory);
    }

    private long number(String name, String unless) {
        return Long.parseLong(options.getOrDefault(name, unless));
    }

    private <E extends Enum<E>> Set<E> some(Class<E> type, String name) {
        String names = options.get(name);
        return names == null
                ? EnumSet.allOf(type)
                : Arrays.stream(names.split(",", -1))
                        .map(one -> Enum.valueOf(type, one))
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(type)));
    }
}
