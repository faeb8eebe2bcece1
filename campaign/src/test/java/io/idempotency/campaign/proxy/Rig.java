package io.idempotency.campaign.proxy;

import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A proxy, a table, and the ways to the one real server. */
final class Rig implements AutoCloseable {

    static final Duration LONG = Duration.ofSeconds(30);

    final FaultProxy proxy = open(server().getPort());
    private final List<Connection> connections = new ArrayList<>();
    private final ExecutorService clients = Executors.newCachedThreadPool();
    private final Connection direct = connectTo(server().getPort(), "");

    Rig() throws SQLException {
        execute(direct, "DROP TABLE IF EXISTS note; CREATE TABLE note (text text)");
    }

    static EmbeddedPostgres server() {
        return Server.RUNNING;
    }

    private static FaultProxy open(int databasePort) {
        try {
            return FaultProxy.to(databasePort);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String url(int port, String options) {
        return "jdbc:postgresql://localhost:" + port + "/postgres?user=postgres&" + options;
    }

    private Connection connectTo(int port, String options) throws SQLException {
        Connection connection = DriverManager.getConnection(url(port, options));
        synchronized (connections) {
            connections.add(connection);
        }
        return connection;
    }

    /** A client's connection through the proxy. */
    Connection connect() throws SQLException {
        return connect("");
    }

    Connection connect(String options) throws SQLException {
        return connectTo(proxy.port(), options);
    }

    /** A client's connection through the proxy, with a note that is written and not committed. */
    Connection writing(String note, String options) throws SQLException {
        Connection connection = connect(options);
        connection.setAutoCommit(false);
        write(connection, note);
        return connection;
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static String value(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    static void write(Connection connection, String note) throws SQLException {
        try (var insert = connection.prepareStatement("INSERT INTO note VALUES (?)")) {
            insert.setString(1, note);
            insert.executeUpdate();
        }
    }

    static int backend(Connection connection) throws SQLException {
        return Integer.parseInt(value(connection, "SELECT pg_backend_pid()"));
    }

    /** A query whose one value is asked for without the proxy. */
    String look(String query) throws SQLException {
        return value(direct, query);
    }

    void tell(String sql) throws SQLException {
        execute(direct, sql);
    }

    boolean isThere(String note) throws SQLException {
        return look("SELECT count(*) FROM note WHERE text = '" + note + "'").equals("1");
    }

    boolean isAlive(int backend) throws SQLException {
        return look("SELECT count(*) FROM pg_stat_activity WHERE pid = " + backend)
                .equals("1");
    }

    void awaitEnd(int backend) {
        await().atMost(LONG).until(() -> !isAlive(backend));
    }

    /** What a client does while the test goes on. */
    Future<?> start(Work work) {
        return clients.submit(() -> {
            work.run();
            return null;
        });
    }

    /** How many threads of this proxy there are. */
    long threads() {
        String prefix = "fault-proxy-" + proxy.port();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix))
                .count();
    }

    @Override
    public void close() throws Exception {
        proxy.close();
        clients.shutdownNow();
        // What a failed test left behind would keep its locks.
        tell("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()");
        synchronized (connections) {
            for (Connection connection : connections) {
                connection.abort(Runnable::run);
            }
        }
    }

    /** Something that a client does. */
    @FunctionalInterface
    interface Work {
        void run() throws SQLException;
    }

    private static final class Server {

        static final EmbeddedPostgres RUNNING = start();

        @SuppressWarnings("resource") // runs as long as the tests; its own hook stops it
        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "300")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
