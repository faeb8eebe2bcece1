package io.idempotency.campaign.proxy;

import static io.idempotency.campaign.proxy.Rig.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

class TrafficTest {

    @AutoClose
    private final Rig rig;

    TrafficTest() throws SQLException {
        rig = new Rig();
    }

    @Test
    void largeValuesPassBothWays() throws SQLException {
        byte[] value = new byte[5_000_000];
        new Random(5).nextBytes(value);
        try (Connection connection = rig.connect();
                var echo = connection.prepareStatement("SELECT ?::bytea")) {
            echo.setBytes(1, value);
            try (ResultSet rows = echo.executeQuery()) {
                rows.next();
                assertThat(rows.getBytes(1)).isEqualTo(value);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "preferQueryMode=simple", "prepareThreshold=1", "prepareThreshold=0"})
    void transactionsPass(String options) throws SQLException {
        try (Connection connection = rig.connect(options)) {
            connection.setAutoCommit(false);
            for (int i = 0; i < 20; i++) {
                Rig.write(connection, "kept");
                connection.commit();
                Rig.write(connection, "taken back");
                connection.rollback();
            }
        }
        assertThat(rig.look("SELECT string_agg(DISTINCT text || count, ',') FROM"
                        + " (SELECT text, count(*) AS count FROM note GROUP BY text) AS notes"))
                .isEqualTo("kept20");
    }

    @Test
    void backendsOfOpenConnectionsAreKnown() throws SQLException {
        Connection first = rig.connect();
        Connection second = rig.connect("sslmode=disable");
        int remaining = Rig.backend(second);

        assertThat(rig.proxy.backends()).containsExactlyInAnyOrder(Rig.backend(first), remaining);

        first.close();
        await().atMost(LONG).until(() -> rig.proxy.backends().equals(List.of(remaining)));
    }

    @Test
    void twoHundredConnectionsPassAndLeaveNothing() throws Exception {
        List<Connection> connections = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            connections.add(rig.connect());
        }
        List<Future<?>> clients = new ArrayList<>();
        for (Connection connection : connections) {
            clients.add(rig.start(() -> Rig.write(connection, "note")));
        }
        for (Future<?> client : clients) {
            client.get(LONG.toSeconds(), TimeUnit.SECONDS);
        }
        assertThat(rig.proxy.backends()).hasSize(200);
        assertThat(rig.look("SELECT count(*) FROM note")).isEqualTo("200");

        for (Connection connection : connections) {
            connection.close();
        }
        await().atMost(LONG).until(() -> rig.proxy.backends().isEmpty() && rig.threads() == 1);
    }

    @Test
    void requestToCancelPasses() throws Exception {
        Connection connection = rig.connect();
        int backend = Rig.backend(connection);
        try (var statement = connection.createStatement()) {
            Future<?> client = rig.start(() -> statement.execute("SELECT pg_sleep(600)"));
            await().atMost(LONG)
                    .until(
                            () -> rig.look("SELECT wait_event FROM pg_stat_activity WHERE pid = " + backend),
                            "PgSleep"::equals);

            statement.cancel();

            assertThatThrownBy(() -> client.get(LONG.toSeconds(), TimeUnit.SECONDS))
                    .hasMessageContaining("cancel");
        }
        assertThat(Rig.backend(connection)).isEqualTo(backend);
    }

    @Test
    void clientThatDoesNotReadHoldsUpNobodyElseAndCanBeCut() throws SQLException {
        Connection slow = rig.connect();
        int backend = Rig.backend(slow);
        CopyOut unread = slow.unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY (SELECT repeat('x', 1000) FROM generate_series(1, 1000000)) TO STDOUT");
        await().atMost(LONG)
                .until(
                        () -> rig.look("SELECT wait_event FROM pg_stat_activity WHERE pid = " + backend),
                        "ClientWrite"::equals);

        assertThat(Rig.value(rig.connect(), "SELECT 1")).isEqualTo("1");

        assertThat(rig.proxy.cut(backend)).isTrue();
        rig.awaitEnd(backend);
        await().atMost(LONG).until(() -> rig.threads() == 3);
        assertThat(unread.isActive()).isTrue();
    }

    @Test
    void clientThatHangsUpTakesItsBackendWithIt() throws SQLException {
        Connection connection = rig.writing("lost", "");
        int backend = Rig.backend(connection);

        connection.abort(Runnable::run);

        rig.awaitEnd(backend);
        assertThat(rig.isThere("lost")).isFalse();
        await().atMost(LONG).until(() -> rig.threads() == 1);
    }

    @Test
    void terminatedBackendSaysSoToItsClient() throws SQLException {
        Connection connection = rig.connect();
        int backend = Rig.backend(connection);

        rig.tell("SELECT pg_terminate_backend(" + backend + ")");
        await().atMost(LONG).until(() -> rig.proxy.backends().isEmpty());

        assertThatThrownBy(() -> Rig.backend(connection))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57P01"));
    }
}
