package io.idempotency.benchmarks;

import io.idempotency.Idempotent;
import io.idempotency.benchmarks.application.Guarded;
import io.idempotency.benchmarks.application.NoLibrary;
import io.idempotency.benchmarks.application.OpensItsPool;
import io.idempotency.benchmarks.application.StartUpProbe;
import io.idempotency.core.IdempotencyStore;
import io.idempotency.jdbc.JdbcIdempotencyStore;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;

/** What the library adds to an application's start, in processes of their own. */
final class StartUp {

    private static final long LONGEST_SECONDS = 60;

    private final Database database;
    private final int times;

    StartUp(Database database, int times) {
        this.database = database;
        this.times = times;
    }

    /**
     * Milliseconds until an application was ready.
     *
     * @param first with the library, on a database without its table
     * @param with with the library, by rounds
     * @param opening without it, with a pool that is opened at the start
     * @param without without it, with a pool that is opened by the first request
     */
    record Times(long first, List<Double> with, List<Double> opening, List<Double> without) {

        Spread added() {
            return difference(with, opening);
        }

        Spread addedWithPool() {
            return difference(with, without);
        }

        private static Spread difference(List<Double> one, List<Double> other) {
            List<Double> differences = new ArrayList<>();
            for (int i = 0; i < one.size(); i++) {
                differences.add(one.get(i) - other.get(i));
            }
            return Spread.of(differences);
        }
    }

    Times measure() throws IOException, InterruptedException {
        String complete = System.getProperty("java.class.path");
        String bare = without(Set.of(
                origin(Idempotent.class),
                origin(IdempotencyStore.class),
                origin(JdbcIdempotencyStore.class),
                origin(Flyway.class)));
        long first = start(Guarded.class, complete);
        start(NoLibrary.class, bare);
        List<Double> with = new ArrayList<>();
        List<Double> opening = new ArrayList<>();
        List<Double> without = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            with.add((double) start(Guarded.class, complete));
            opening.add((double) start(OpensItsPool.class, bare));
            without.add((double) start(NoLibrary.class, bare));
        }
        return new Times(first, with, opening, without);
    }

    private static Path origin(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String without(Set<Path> library) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry ->
                        !library.contains(Path.of(entry).toAbsolutePath().normalize()))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private long start(Class<?> application, String classPath) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                classPath,
                StartUpProbe.class.getName(),
                application.getName()));
        Subject.common(database.url(), 0).forEach(property -> command.add("--" + property));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String output;
            try (var reader = process.inputReader()) {
                output = reader.lines().collect(Collectors.joining("\n"));
            }
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("An application did not end.");
            }
            return milliseconds(output);
        } finally {
            process.destroyForcibly();
        }
    }

    private static long milliseconds(String output) {
        return output.lines()
                .filter(line -> line.startsWith(StartUpProbe.READY))
                .map(line -> Long.parseLong(line.substring(StartUpProbe.READY.length())))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("An application did not start:\n" + output));
    }
}
