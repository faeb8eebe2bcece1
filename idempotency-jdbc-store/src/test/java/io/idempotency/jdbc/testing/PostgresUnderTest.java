package io.idempotency.jdbc.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * One real PostgreSQL server for all tests of a process; every caller gets a database of its own.
 *
 * <p>The system property {@value #SWITCH} chooses: {@code embedded} (the default) starts the binaries from Maven Central,
 * {@code postgres:16} or another image starts a container, and a {@code jdbc:postgresql:} URL uses a server that is there, whose
 * user may create databases.
 */
public final class PostgresUnderTest {

    private static final String SWITCH = "postgres";
    private static final String EMBEDDED = "embedded";

    private PostgresUnderTest() {}

    /**
     * A database.
     *
     * @param url its JDBC URL, with user and password where they are needed
     */
    public record Database(String url) {}

    /**
     * Creates an empty database.
     *
     * @return the database
     */
    public static Database newDatabase() {
        String name = "test_" + UUID.randomUUID().toString().replace('-', '_');
        execute("CREATE DATABASE " + name);
        return new Database(Server.URL.replaceFirst("(//[^/]+/)[^?]*", "$1" + name));
    }

    /**
     * Runs a statement on the server as its administrator.
     *
     * @param sql the statement
     */
    public static void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(Server.URL);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static final class Server {

        static final String URL = start(System.getProperty(SWITCH, EMBEDDED));

        private static String start(String choice) {
            if (choice.startsWith("jdbc:")) {
                return choice;
            }
            return choice.equals(EMBEDDED) ? embedded() : container(choice);
        }

        @SuppressWarnings("resource") // runs as long as the tests; its own hook stops it
        private static String embedded() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "300")
                        .start();
                return server.getJdbcUrl("postgres", "postgres");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @SuppressWarnings("resource") // runs as long as the tests; its own watchdog stops it
        private static String container(String image) {
            PostgreSQLContainer server = new PostgreSQLContainer(image);
            server.withCommand("postgres", "-c", "max_connections=300").start();
            String separator = server.getJdbcUrl().contains("?") ? "&" : "?";
            return server.getJdbcUrl() + separator + "user=" + server.getUsername() + "&password="
                    + server.getPassword();
        }
    }
}
