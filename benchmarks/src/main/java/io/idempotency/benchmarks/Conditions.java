package io.idempotency.benchmarks;

import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.SpringBootVersion;
import org.springframework.jdbc.core.JdbcTemplate;

/** What has to be known of a run to compare it with another. */
final class Conditions {

    private static final int COMMITS = 200;
    private static final List<String> SETTINGS = List.of(
            "fsync",
            "synchronous_commit",
            "wal_sync_method",
            "full_page_writes",
            "shared_buffers",
            "max_wal_size",
            "checkpoint_timeout");

    private Conditions() {}

    static String of(Server server, Arguments arguments) {
        Runtime runtime = Runtime.getRuntime();
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return String.format(
                Locale.ROOT,
                """
                - %s; JDK %s, heap %,d MB; Spring Boot %s; PostgreSQL %s.
                - %s %s, %d cores, %,d GB of memory. Clients, applications and the server share them.
                - PostgreSQL: %s.
                - A single commit of one row took %.2f ms (median of %d, one after another).
                - %d clients in a closed loop, a pool of %d connections and %d server threads for every application. %d rounds of
                  %.1f s for every series, in turns, after a warm-up of the same length; three times as many for fresh keys, and four
                  times as many for endpoints that are not guarded.
                """,
                LocalDate.now(ZoneOffset.UTC),
                Runtime.version(),
                runtime.maxMemory() >> 20,
                SpringBootVersion.getVersion(),
                server.setting("server_version"),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                runtime.availableProcessors(),
                Math.round(system.getTotalMemorySize() / (double) (1 << 30)),
                settings(server),
                commitLatency(server.jdbc()),
                COMMITS,
                Load.CLIENTS,
                Subject.POOL,
                Subject.SERVER_THREADS,
                arguments.rounds(),
                arguments.slice().toMillis() / 1000.0);
    }

    private static String settings(Server server) {
        return String.join(
                ", ",
                SETTINGS.stream()
                        .map(name -> "`" + name + "=" + server.setting(name) + "`")
                        .toList());
    }

    private static double commitLatency(JdbcTemplate jdbc) {
        jdbc.execute("CREATE TABLE IF NOT EXISTS commit_latency (n int)");
        List<Double> milliseconds = new ArrayList<>();
        for (int i = 0; i < COMMITS; i++) {
            long start = System.nanoTime();
            jdbc.update("INSERT INTO commit_latency VALUES (?)", i);
            milliseconds.add((System.nanoTime() - start) / 1e6);
        }
        return Spread.of(milliseconds).median();
    }
}
