package io.idempotency.campaign.proxy;

import static io.idempotency.campaign.proxy.CommitFault.Kind.ANSWER_LOST;
import static io.idempotency.campaign.proxy.CommitFault.Kind.BLACK_HOLE_AFTER;
import static io.idempotency.campaign.proxy.CommitFault.Kind.BLACK_HOLE_BEFORE;
import static io.idempotency.campaign.proxy.CommitFault.Kind.CUT_BEFORE;
import static io.idempotency.campaign.proxy.CommitFault.Kind.HOLD_ANSWER;
import static io.idempotency.campaign.proxy.Rig.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommitFaultTest {

    private static final String IMPATIENT = "socketTimeout=1";

    @AutoClose
    private final Rig rig;

    CommitFaultTest() throws SQLException {
        rig = new Rig();
    }

    private static void assertLost(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).startsWith("08"));
    }

    private static void get(Future<?> client) throws Exception {
        client.get(LONG.toSeconds(), TimeUnit.SECONDS);
    }

    private CommitFault arm(Connection connection, CommitFault.Kind kind) throws SQLException {
        return rig.proxy.onCommit(Rig.backend(connection), kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "preferQueryMode=simple", "prepareThreshold=1", "prepareThreshold=0"})
    void commitIsSeenHoweverOftenItWasSentBefore(String options) throws Exception {
        Connection connection = rig.connect(options);
        connection.setAutoCommit(false);
        for (int i = 0; i < 20; i++) {
            Rig.write(connection, "before");
            connection.commit();
        }
        Rig.write(connection, "doubtful");
        CommitFault fault = arm(connection, ANSWER_LOST);

        assertLost(connection::commit);

        assertThat(fault.awaitReached(LONG)).isTrue();
        assertThat(rig.isThere("doubtful")).isTrue();
    }

    @Test
    void commitThatIsCutOffTakesEverythingBack() throws Exception {
        Connection connection = rig.writing("lost", "");
        int backend = Rig.backend(connection);
        CommitFault fault = rig.proxy.onCommit(backend, CUT_BEFORE);

        assertLost(connection::commit);

        assertThat(fault.awaitReached(LONG)).isTrue();
        rig.awaitEnd(backend);
        assertThat(rig.isThere("lost")).isFalse();
    }

    @Test
    void commitWhoseAnswerIsLostStands() throws Exception {
        Connection connection = rig.writing("kept", "");
        int backend = Rig.backend(connection);
        CommitFault fault = rig.proxy.onCommit(backend, ANSWER_LOST);

        assertLost(connection::commit);

        assertThat(fault.awaitReached(LONG)).isTrue();
        assertThat(rig.isThere("kept")).isTrue();
        rig.awaitEnd(backend);
    }

    @Test
    void withheldAnswerPassesWhenItIsReleased() throws Exception {
        Connection connection = rig.writing("kept", "");
        CommitFault fault = arm(connection, HOLD_ANSWER);

        Future<?> client = rig.start(connection::commit);

        assertThat(fault.awaitReached(LONG)).isTrue();
        assertThat(rig.isThere("kept")).isTrue();
        assertThat(client).isNotDone();
        fault.release();
        get(client);
        Rig.write(connection, "next");
        connection.commit();
        assertThat(rig.isThere("next")).isTrue();
    }

    @Test
    void withheldAnswerIsLostWhenItIsCut() throws Exception {
        Connection connection = rig.writing("kept", "");
        int backend = Rig.backend(connection);
        CommitFault fault = rig.proxy.onCommit(backend, HOLD_ANSWER);
        Future<?> client = rig.start(connection::commit);
        assertThat(fault.awaitReached(LONG)).isTrue();

        fault.cut();

        assertThatThrownBy(() -> get(client)).hasRootCauseInstanceOf(IOException.class);
        assertThat(rig.isThere("kept")).isTrue();
        rig.awaitEnd(backend);
    }

    @Test
    void withheldRefusalIsStillARefusal() throws Exception {
        rig.tell("ALTER TABLE note ADD UNIQUE (text) DEFERRABLE INITIALLY DEFERRED");
        Rig.write(rig.connect(), "once");
        Connection connection = rig.writing("once", "");
        CommitFault fault = arm(connection, HOLD_ANSWER);
        Future<?> client = rig.start(connection::commit);
        assertThat(fault.awaitReached(LONG)).isTrue();

        fault.release();

        assertThatThrownBy(() -> get(client))
                .cause()
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23505"));
    }

    @Test
    void clientThatHangsUpWhileItsAnswerIsWithheldLeavesNothing() throws Exception {
        Connection connection = rig.writing("kept", "");
        int backend = Rig.backend(connection);
        CommitFault fault = rig.proxy.onCommit(backend, HOLD_ANSWER);
        Future<?> client = rig.start(connection::commit);
        assertThat(fault.awaitReached(LONG)).isTrue();

        connection.abort(Runnable::run);

        assertThatThrownBy(() -> get(client)).hasCauseInstanceOf(SQLException.class);
        rig.awaitEnd(backend);
        await().atMost(LONG).until(() -> rig.threads() == 1);
    }

    @Test
    void commitThatFallsIntoABlackHoleIsNeverDone() throws Exception {
        Connection connection = rig.writing("lost", IMPATIENT);
        int backend = Rig.backend(connection);
        CommitFault fault = rig.proxy.onCommit(backend, BLACK_HOLE_BEFORE);

        assertLost(connection::commit);

        assertThat(fault.awaitReached(LONG)).isTrue();
        assertThat(rig.look("SELECT state FROM pg_stat_activity WHERE pid = " + backend))
                .isEqualTo("idle in transaction");
        rig.proxy.heal();
        rig.awaitEnd(backend);
        assertThat(rig.isThere("lost")).isFalse();
    }

    @Test
    void commitWhoseAnswerFallsIntoABlackHoleStands() throws Exception {
        Connection connection = rig.writing("kept", IMPATIENT);
        int backend = Rig.backend(connection);
        CommitFault fault = rig.proxy.onCommit(backend, BLACK_HOLE_AFTER);

        assertLost(connection::commit);

        assertThat(fault.awaitReached(LONG)).isTrue();
        assertThat(rig.isThere("kept")).isTrue();
        assertThat(rig.isAlive(backend)).isTrue();
        rig.proxy.heal();
        rig.awaitEnd(backend);
    }

    @Test
    void faultForAnyCommitMeetsOneCommit() throws Exception {
        Connection first = rig.writing("first", "");
        Connection second = rig.writing("second", "");
        CommitFault fault = rig.proxy.onAnyCommit(CUT_BEFORE);

        assertLost(first::commit);
        second.commit();

        assertThat(fault.awaitReached(LONG)).isTrue();
        assertThat(rig.isThere("second")).isTrue();
    }

    @Test
    void faultForOneConnectionMeetsNoOther() throws Exception {
        Connection first = rig.writing("first", "");
        Connection second = rig.writing("second", "");
        CommitFault fault = arm(first, CUT_BEFORE);

        second.commit();
        assertLost(first::commit);

        assertThat(fault.awaitReached(LONG)).isTrue();
        assertThat(rig.isThere("second")).isTrue();
    }

    @Test
    void faultsAreMetOneAfterTheOther() throws Exception {
        Connection connection = rig.writing("first", "");
        CommitFault held = arm(connection, HOLD_ANSWER);
        CommitFault lost = arm(connection, CUT_BEFORE);
        Future<?> client = rig.start(connection::commit);
        assertThat(held.awaitReached(LONG)).isTrue();
        held.release();
        get(client);

        Rig.write(connection, "second");
        assertLost(connection::commit);

        assertThat(lost.awaitReached(LONG)).isTrue();
        assertThat(rig.isThere("first")).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void faultThatIsTakenBackDoesNothing(CommitFault.Kind kind) throws Exception {
        Connection connection = rig.writing("kept", "");
        CommitFault released = arm(connection, kind);
        CommitFault cut = rig.proxy.onAnyCommit(kind);
        released.release();
        cut.cut();

        connection.commit();

        assertThat(released.awaitReached(LONG)).isFalse();
        assertThat(cut.awaitReached(LONG)).isFalse();
        assertThat(rig.isThere("kept")).isTrue();
    }

    @Test
    void faultOfAConnectionThatEndsIsOver() throws Exception {
        Connection connection = rig.connect();
        int backend = Rig.backend(connection);
        CommitFault fault = rig.proxy.onCommit(backend, CUT_BEFORE);
        Future<Boolean> reached = CompletableFuture.supplyAsync(() -> reached(fault));

        connection.close();

        assertThat(reached.get(LONG.toSeconds(), TimeUnit.SECONDS)).isFalse();
        assertThat(rig.proxy.onCommit(-1, CUT_BEFORE).awaitReached(LONG)).isFalse();
    }

    private static boolean reached(CommitFault fault) {
        try {
            return fault.awaitReached(LONG.multipliedBy(10));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void databaseThatDiesBeforeItAnswersWasNotReached() throws Exception {
        rig.tell("CREATE OR REPLACE FUNCTION linger() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN PERFORM pg_sleep(600); RETURN NULL; END'");
        rig.tell("CREATE CONSTRAINT TRIGGER linger AFTER INSERT ON note DEFERRABLE INITIALLY DEFERRED"
                + " FOR EACH ROW EXECUTE FUNCTION linger()");
        Connection connection = rig.writing("lost", "");
        int backend = Rig.backend(connection);
        CommitFault fault = rig.proxy.onCommit(backend, HOLD_ANSWER);
        Future<?> client = rig.start(connection::commit);
        await().atMost(LONG)
                .until(
                        () -> rig.look("SELECT wait_event FROM pg_stat_activity WHERE pid = " + backend),
                        "PgSleep"::equals);

        rig.tell("SELECT pg_terminate_backend(" + backend + ")");

        assertThat(fault.awaitReached(LONG.multipliedBy(10))).isFalse();
        assertThatThrownBy(() -> get(client)).hasCauseInstanceOf(SQLException.class);
        assertThat(rig.isThere("lost")).isFalse();
    }
}
