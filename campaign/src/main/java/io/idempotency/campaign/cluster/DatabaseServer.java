package io.idempotency.campaign.cluster;

import io.idempotency.campaign.node.Wire;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

/** A PostgreSQL server that waits for the disk, and that can crash. */
final class DatabaseServer implements AutoCloseable {

    private static final String USER = "postgres";
    private static final int FIRST_PORT = 20_000;
    private static final int PORTS = 12_000;

    private final Path data;
    private final JdbcTemplate jdbc;
    private EmbeddedPostgres postgres;

    private DatabaseServer(Path data, EmbeddedPostgres postgres) {
        this.data = data;
        this.postgres = postgres;
        this.jdbc = new JdbcTemplate(new DriverManagerDataSource(postgres.getJdbcUrl(USER, USER)));
    }

    static DatabaseServer start(Path directory) throws IOException {
        Path data = Files.createTempDirectory(directory, "postgres-");
        DatabaseServer server = new DatabaseServer(data, start(data, freePort()));
        for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
            if (!"on".equals(server.setting(setting))) {
                server.close();
                throw new IllegalStateException(
                        "The server runs with " + setting + " off: a crash would prove nothing about it.");
            }
        }
        server.jdbc.execute(Wire.schema());
        return server;
    }

    private static EmbeddedPostgres start(Path data, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(Bounds.PATIENCE)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "400")
                .setPort(port)
                .start();
    }

    /** A port that no outgoing connection is given while the server is down. */
    private static int freePort() throws IOException {
        for (int tries = 0; tries < PORTS; tries++) {
            int port = FIRST_PORT + ThreadLocalRandom.current().nextInt(PORTS);
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (BindException e) {
                // Taken: the next one.
            }
        }
        throw new IllegalStateException("There is no free port below the ephemeral ones.");
    }

    int port() {
        return postgres.getPort();
    }

    JdbcTemplate jdbc() {
        return jdbc;
    }

    String setting(String name) {
        return Objects.requireNonNull(jdbc.queryForObject("SELECT current_setting(?)", String.class, name));
    }

    /** Ends one connection's process as an administrator would; false if it was gone. */
    boolean terminate(int backend) {
        return Boolean.TRUE.equals(jdbc.queryForObject("SELECT pg_terminate_backend(?)", Boolean.class, backend));
    }

    /** Immediate shutdown: no checkpoint, no goodbye to anybody; recovery at the next start. */
    void crash() {
        ProcessHandle process = process();
        signal("QUIT", process.pid());
        try {
            process.onExit().get(Bounds.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The server outlives its immediate shutdown.", e);
        }
    }

    /** Starts again on the same files and the same port. */
    void restart() throws IOException {
        // There is nothing left to stop; what it gives back is the directory.
        postgres.close();
        postgres = start(data, postgres.getPort());
    }

    private ProcessHandle process() {
        try {
            String first = Files.readAllLines(data.resolve("postmaster.pid")).get(0);
            return ProcessHandle.of(Long.parseLong(first.strip())).orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException("The server's process cannot be told.", e);
        }
    }

    /** The JDK sends no other signals than TERM and KILL. */
    static void signal(String signal, long process) {
        try {
            Process sent = new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!sent.waitFor(Bounds.PATIENCE.toSeconds(), TimeUnit.SECONDS) || sent.exitValue() != 0) {
                throw new IllegalStateException("Process " + process + " did not get SIG" + signal + ".");
            }
        } catch (IOException e) {
            throw new IllegalStateException("SIG" + signal + " could not be sent.", e);
        } catch (InterruptedException e) {
            throw Bounds.interrupted(e);
        }
    }

    @Override
    public void close() {
        try {
            postgres.close();
            FileSystemUtils.deleteRecursively(data);
        } catch (IOException e) {
            throw new IllegalStateException("The server could not be stopped, or its files not be removed.", e);
        }
    }
}
