package io.idempotency.campaign.proxy;

import static io.idempotency.campaign.proxy.Rig.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultProxyTest {

    private static final String IMPATIENT = "socketTimeout=1";

    @AutoClose
    private final Rig rig;

    FaultProxyTest() throws SQLException {
        rig = new Rig();
    }

    private static void assertFails(Connection connection) {
        assertThatThrownBy(() -> Rig.backend(connection))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).startsWith("08"));
    }

    @Test
    void cutEndsThatConnectionAlone() throws SQLException {
        Connection first = rig.writing("lost", "");
        Connection second = rig.writing("kept", "");
        int backend = Rig.backend(first);

        assertThat(rig.proxy.cut(backend)).isTrue();

        assertFails(first);
        second.commit();
        rig.awaitEnd(backend);
        assertThat(rig.isThere("lost")).isFalse();
        assertThat(rig.isThere("kept")).isTrue();
        assertThat(rig.proxy.cut(backend)).isFalse();
        assertThat(rig.proxy.backends()).containsExactly(Rig.backend(second));
    }

    @Test
    void cutIsAResetAndNotAnEnd() throws Exception {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), rig.proxy.port())) {
            client.getOutputStream()
                    .write(new Protocol().untyped(Protocol.SSL_REQUEST, "").toBytes());
            assertThat(client.getInputStream().read()).isEqualTo('N');

            assertThat(rig.proxy.cutAll()).isOne();

            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void allConnectionsAreCutAtOnce() throws SQLException {
        Connection first = rig.connect();
        Connection second = rig.connect();

        assertThat(rig.proxy.cutAll()).isEqualTo(2);

        assertFails(first);
        assertFails(second);
        assertThat(rig.proxy.backends()).isEmpty();
        assertThat(rig.proxy.cutAll()).isZero();
    }

    @Test
    void strangerIsReset() throws Exception {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), rig.proxy.port())) {
            client.getOutputStream()
                    .write(new Protocol().untyped(2 << 16, "user").toBytes());

            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void blackHoleOfOneConnectionLeavesTheOthersAlone() throws SQLException {
        Connection lost = rig.connect(IMPATIENT);
        Connection other = rig.connect();
        int backend = Rig.backend(lost);

        assertThat(rig.proxy.blackHole(backend)).isTrue();

        assertFails(lost);
        assertThat(Rig.value(other, "SELECT 1")).isEqualTo("1");
        assertThat(Rig.value(rig.connect(), "SELECT 1")).isEqualTo("1");
        assertThat(rig.proxy.blackHole(-1)).isFalse();
    }

    @Test
    void serverDoesNotNoticeThatAClientInABlackHoleHangsUp() throws SQLException {
        Connection connection = rig.writing("lost", IMPATIENT);
        int backend = Rig.backend(connection);
        rig.proxy.blackHole(backend);

        assertFails(connection);
        connection.abort(Runnable::run);

        assertThat(rig.proxy.backends()).containsExactly(backend);
        assertThat(rig.isAlive(backend)).isTrue();
        rig.proxy.heal();
        rig.awaitEnd(backend);
        await().atMost(LONG).until(() -> rig.threads() == 1);
    }

    @Test
    void blackHoleOfAllTakesNewConnectionsTooUntilItHeals() throws SQLException {
        Connection old = rig.connect(IMPATIENT);
        int backend = Rig.backend(old);
        rig.proxy.blackHoleAll();

        assertFails(old);
        assertThatThrownBy(() -> rig.connect(IMPATIENT)).isInstanceOf(SQLException.class);
        assertThat(rig.isAlive(backend)).isTrue();

        rig.proxy.heal();
        rig.awaitEnd(backend);
        assertThat(Rig.value(rig.connect(), "SELECT 1")).isEqualTo("1");
    }

    @Test
    void healResetsNoConnectionThatLostNothing() throws SQLException {
        Connection connection = rig.connect();
        int backend = Rig.backend(connection);

        rig.proxy.heal();

        assertThat(Rig.backend(connection)).isEqualTo(backend);
    }

    @Test
    void closedProxyLeavesNothing() throws Exception {
        Connection connection = rig.connect();
        int backend = Rig.backend(connection);
        rig.proxy.blackHoleAll();
        CommitFault fault = rig.proxy.onAnyCommit(CommitFault.Kind.HOLD_ANSWER);

        rig.proxy.close();

        assertFails(connection);
        assertThat(fault.awaitReached(LONG)).isFalse();
        rig.awaitEnd(backend);
        assertThatThrownBy(rig::connect).isInstanceOf(SQLException.class);
        await().atMost(LONG).until(() -> rig.threads() == 0);
    }

    @Test
    void restartOfTheDatabaseIsSurvived(@TempDir Path data) throws Exception {
        EmbeddedPostgres first = server(data, 0);
        int port = first.getPort();
        try (FaultProxy proxy = FaultProxy.to(port)) {
            String url = Rig.url(proxy.port(), "connectTimeout=10&socketTimeout=10");
            Connection old = DriverManager.getConnection(url);
            assertThat(proxy.backends()).containsExactly(Rig.backend(old));

            first.close();
            await().atMost(LONG).until(() -> proxy.backends().isEmpty());
            assertThatThrownBy(() -> Rig.backend(old)).isInstanceOf(SQLException.class);
            for (int i = 0; i < 50; i++) {
                assertThatThrownBy(() -> DriverManager.getConnection(url))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).startsWith("08"));
            }

            try (EmbeddedPostgres second = server(data, port);
                    Connection connection = DriverManager.getConnection(url)) {
                assertThat(second.getPort()).isEqualTo(port);
                assertThat(proxy.backends()).containsExactly(Rig.backend(connection));
            }
        }
    }

    private static EmbeddedPostgres server(Path data, int port) throws Exception {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data.resolve("cluster"))
                .setCleanDataDirectory(false);
        return port == 0 ? builder.start() : builder.setPort(port).start();
    }
}
