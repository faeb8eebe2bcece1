package io.idempotency.examples.provider;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An embedded PostgreSQL whose data outlives the service.
 *
 * <p>A service that is killed leaves its server running; the next one takes that over, as a service would find its database again.
 */
final class LocalPostgres implements AutoCloseable {

    static final String USER = "postgres";

    private final int port;
    private final AutoCloseable server;

    private LocalPostgres(int port, AutoCloseable server) {
        this.port = port;
        this.server = server;
    }

    static LocalPostgres startOrReuse(Path data) throws IOException {
        Optional<LocalPostgres> running = running(data);
        return running.isPresent() ? running.get() : start(data);
    }

    String url() {
        return url(port);
    }

    /** Stops the server and keeps its data. */
    @Override
    public void close() throws Exception {
        server.close();
    }

    private static LocalPostgres start(Path data) throws IOException {
        Files.createDirectories(data.getParent());
        // A pipe to this process would break when it is killed.
        Path log = data.resolveSibling(data.getFileName() + ".log");
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                // The application context closes the server, and after the connection pool.
                .setRegisterShutdownHook(false)
                .setOutputRedirector(Redirect.appendTo(log.toFile()))
                .setErrorRedirector(Redirect.appendTo(log.toFile()))
                .start();
        return new LocalPostgres(server.getPort(), server);
    }

    /** What <a href="https://www.postgresql.org/docs/current/storage-file-layout.html">postmaster.pid</a> tells: process, port. */
    private static Optional<LocalPostgres> running(Path data) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(pidFile);
        Optional<ProcessHandle> process =
                ProcessHandle.of(Long.parseLong(lines.get(0).trim()));
        int port = Integer.parseInt(lines.get(3).trim());
        return process.filter(any -> serves(port, data)).map(own -> new LocalPostgres(port, () -> stop(own)));
    }

    /** Another process may have got the id, and another server the port, since the file was written. */
    private static boolean serves(int port, Path data) {
        try (Connection connection = DriverManager.getConnection(url(port));
                Statement statement = connection.createStatement();
                ResultSet directory = statement.executeQuery("SHOW data_directory")) {
            return directory.next() && Files.isSameFile(Path.of(directory.getString(1)), data);
        } catch (SQLException | IOException e) {
            return false;
        }
    }

    /** A termination signal is PostgreSQL's smart shutdown. */
    private static void stop(ProcessHandle server) throws InterruptedException, ExecutionException {
        server.destroy();
        try {
            server.onExit().get(10, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("The server " + server.pid() + " does not stop: stop it by hand.", e);
        }
    }

    private static String url(int port) {
        return "jdbc:postgresql://localhost:" + port + "/postgres?user=" + USER;
    }
}
