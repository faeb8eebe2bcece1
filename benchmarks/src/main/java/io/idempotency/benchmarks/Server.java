package io.idempotency.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.util.FileSystemUtils;

/** A PostgreSQL server of our own that waits for the disk, which embedded servers do not unless they are told. */
final class Server implements AutoCloseable {

    private static final String USER = "postgres";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final EmbeddedPostgres postgres;
    private final Path data;
    private final SingleConnectionDataSource connection;
    private final JdbcTemplate jdbc;

    private Server(EmbeddedPostgres postgres, Path data) {
        this.postgres = postgres;
        this.data = data;
        this.connection = new SingleConnectionDataSource(postgres.getJdbcUrl(USER, USER), true);
        this.jdbc = new JdbcTemplate(connection);
    }

    /** Starts on an empty directory that is gone when the server is closed. */
    static Server start(Path target) throws IOException {
        Path data = Files.createTempDirectory(Files.createDirectories(target), "postgres-");
        EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("shared_buffers", "1GB")
                .setServerConfig("max_connections", "200")
                .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                .start();
        Server server = new Server(postgres, data);
        server.requireDurability();
        server.jdbc.execute("CREATE EXTENSION pg_stat_statements");
        server.jdbc.execute("CREATE EXTENSION pg_walinspect");
        return server;
    }

    private void requireDurability() {
        for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
            if (!"on".equals(setting(setting))) {
                close();
                throw new IllegalStateException("The server runs with " + setting + " off: nothing would be measured.");
            }
        }
    }

    String setting(String name) {
        return Objects.requireNonNull(jdbc.queryForObject("SELECT current_setting(?)", String.class, name));
    }

    /** For questions about the server as a whole; one connection to the administrator's database. */
    JdbcTemplate jdbc() {
        return jdbc;
    }

    /** A database with the tables of the application. */
    Database newDatabase(String name) {
        jdbc.execute("CREATE DATABASE " + name);
        Database database = Database.at(name, postgres.getJdbcUrl(USER, name));
        database.jdbc().execute(applicationTables());
        return database;
    }

    private static String applicationTables() {
        try {
            return new ClassPathResource("application/tables.sql", Server.class)
                    .getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The process that all others of the server descend from. */
    ProcessHandle process() {
        try {
            String first = Files.readAllLines(data.resolve("postmaster.pid")).get(0);
            return ProcessHandle.of(Long.parseLong(first.strip())).orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException("The server's process cannot be told.", e);
        }
    }

    /** How many bytes were ever written to the log. */
    long logPosition() {
        return Objects.requireNonNull(
                jdbc.queryForObject("SELECT (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::bigint", Long.class));
    }

    void checkpoint() {
        jdbc.execute("CHECKPOINT");
    }

    /** Keeps the server's own work out of what is counted. */
    void holdAutovacuum() {
        autovacuum("off");
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (running("autovacuum worker") > 0) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Autovacuum does not end.");
            }
            jdbc.execute("SELECT pg_sleep(0.05)");
        }
    }

    void letAutovacuumRun() {
        autovacuum("on");
    }

    private void autovacuum(String value) {
        jdbc.execute("ALTER SYSTEM SET autovacuum = " + value);
        jdbc.execute("SELECT pg_reload_conf()");
    }

    private long running(String backendType) {
        return Objects.requireNonNull(jdbc.queryForObject(
                "SELECT count(*) FROM pg_stat_activity WHERE backend_type = ?", Long.class, backendType));
    }

    @Override
    public void close() {
        connection.destroy();
        try {
            postgres.close();
            FileSystemUtils.deleteRecursively(data);
        } catch (IOException e) {
            throw new IllegalStateException("The server could not be stopped, or its files not be removed.", e);
        }
    }
}
