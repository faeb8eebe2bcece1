package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.Socket;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Section L: an answer that comes later is stored before it is sent, whatever type it comes by. */
@Timeout(180)
class AsyncHandlersTest {

    private static final List<String> TYPES =
            List.of("callable", "task", "deferred", "future", "entity-of-future", "twice");

    private final RunningApp app = AsyncApp.APP;
    private final RunningApp other = AsyncApp.OTHER;
    private final Journal journal = app.bean(Journal.class);
    private final String key = RunningApp.newKey();

    @ParameterizedTest
    @FieldSource("TYPES")
    void answerIsSentOnceAndReplayedByEveryNode(String type) {
        RawAnswer first = AsyncApp.post("/plain/" + type, key).send(app);
        RawAnswer again = AsyncApp.post("/plain/" + type, key).send(app);
        RawAnswer elsewhere = AsyncApp.post("/plain/" + type, key).send(other);

        assertThat(first.status()).as(first.body()).isEqualTo(201);
        assertThat(first.body()).isEqualTo("run 1 of " + key);
        assertThat(first.ownHeaders())
                .containsOnlyKeys("content-type", "location", "x-custom")
                .containsEntry("location", List.of("/orders/" + key))
                .containsEntry("x-custom", List.of("one", "two"));
        for (RawAnswer replay : List.of(again, elsewhere)) {
            assertThat(replay.isReplay()).isTrue();
            assertThat(replay.status()).isEqualTo(201);
            assertThat(replay.body()).isEqualTo(first.body());
            assertThat(replay.ownHeaders())
                    .containsAllEntriesOf(
                            Map.of("content-type", first.header("Content-Type"), "location", first.header("Location")))
                    .doesNotContainKey("x-custom");
        }
        assertThat(AsyncApp.runs(key)).isEqualTo(1);
        assertThat(journal.effects(key)).isEqualTo(1);
    }

    @Test
    void partsOfAnAnswerFromTwoThreadsAreOneAnswer() {
        RawAnswer first = AsyncApp.post("/plain/both", key).send(app);

        assertThat(first.status()).isEqualTo(201);
        assertThat(first.header("X-Custom")).containsExactly("from the first thread");
        assertThat(AsyncApp.post("/plain/both", key).send(other).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @FieldSource("TYPES")
    void filterOutsideThatKeepsTheBodySendsIt(String type) {
        RawAnswer first = AsyncApp.post("/plain/" + type, key)
                .header(AsyncApp.KEPT_OUTSIDE, "yes")
                .send(app);

        assertThat(first.status()).as(first.body()).isEqualTo(201);
        assertThat(first.body()).isEqualTo("run 1 of " + key);
        assertThat(first.header("X-Custom")).containsExactly("one", "two");
        assertThat(AsyncApp.post("/plain/" + type, key).send(app).isReplay()).isTrue();
    }

    @ParameterizedTest
    @FieldSource("TYPES")
    void duplicateOfAnAwaitedAnswerIsInProgressAndAnotherBodyIsRefused(String type) throws Exception {
        try (Socket socket = RawRequest.connect(app)) {
            begin("/gated/" + type, socket);

            assertThat(AsyncApp.post("/gated/" + type, key).send(app).isProblem(409, "request-in-progress"))
                    .isTrue();
            assertThat(AsyncApp.post("/gated/" + type, key).send(other).isProblem(409, "request-in-progress"))
                    .isTrue();
            RawAnswer reused =
                    RawRequest.post("/gated/" + type).key(key).json("{}").send(other);
            assertThat(reused.isProblem(422, "key-reused")).isTrue();
            assertThat(socket.getInputStream().available()).isZero();
            journal.open("continue " + key);
            assertThat(RawAnswer.parse(RawRequest.readAll(socket)).status()).isEqualTo(201);
        }
        assertThat(AsyncApp.runs(key)).isEqualTo(1);
    }

    @ParameterizedTest
    @FieldSource("TYPES")
    void nothingLeavesBeforeTheRecordIsCommitted(String type) throws Exception {
        try (Socket socket = RawRequest.connect(app);
                Connection blocking = app.bean(DataSource.class).getConnection();
                Statement statement = blocking.createStatement()) {
            begin("/gated/" + type, socket);
            blocking.setAutoCommit(false);
            statement.execute("SELECT FROM idempotency_record WHERE completed_at IS NULL FOR UPDATE");
            journal.open("continue " + key);
            await().atMost(Duration.ofSeconds(30)).until(() -> waitingForLock() > 0);

            assertThat(socket.getInputStream().available()).isZero();
            assertThat(AsyncApp.post("/gated/" + type, key).send(app).status()).isEqualTo(409);
            blocking.commit();
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            assertThat(AsyncApp.post("/gated/" + type, key).send(other).isReplay())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @FieldSource("TYPES")
    void quickestHonestRetryIsAReplay(String type) throws Exception {
        for (int i = 0; i < 25; i++) {
            String mine = RunningApp.newKey();
            try (Socket first = RawRequest.connect(app);
                    Socket second = RawRequest.connect(app)) {
                AsyncApp.post("/plain/" + type, mine).writeTo(first);
                assertThat(first.getInputStream().read()).isEqualTo('H');
                AsyncApp.post("/plain/" + type, mine)
                        .header("Connection", "close")
                        .writeTo(second);

                RawAnswer retry = RawAnswer.parse(RawRequest.readAll(second));
                assertThat(retry.isReplay()).as("%s: %s", i, retry).isTrue();
            }
        }
    }

    @ParameterizedTest
    @FieldSource("TYPES")
    void errorThatIsMappedToAKeptStatusIsReplayed(String type) {
        RawAnswer first = AsyncApp.post("/kept/" + type, key).send(app);
        RawAnswer replay = AsyncApp.post("/kept/" + type, key).send(app);

        assertThat(first.status()).isEqualTo(402);
        assertThat(first.isReplay()).isFalse();
        assertThat(replay.isReplay()).isTrue();
        assertThat(replay.status()).isEqualTo(402);
        assertThat(replay.body()).isEqualTo("no funds");
        assertThat(replay.header("Link")).containsExactly("</funds>");
        assertThat(AsyncApp.runs(key)).isEqualTo(1);
    }

    @ParameterizedTest
    @FieldSource("TYPES")
    void errorThatIsMappedToAReleasedStatusIsExecutedAgain(String type) {
        RawAnswer first = AsyncApp.post("/released/" + type, key).send(app);
        RawAnswer second = AsyncApp.post("/released/" + type, key).send(app);
        RawAnswer elsewhere = AsyncApp.post("/released/" + type, key).send(other);

        for (RawAnswer answer : List.of(first, second, elsewhere)) {
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.body()).isEqualTo("try later");
        }
        assertThat(AsyncApp.runs(key)).isEqualTo(3);
    }

    @ParameterizedTest
    @FieldSource("TYPES")
    void errorThatNobodyMapsIsTheContainersAndIsExecutedAgain(String type) {
        RawAnswer first = AsyncApp.post("/unmapped/" + type, key).send(app);
        RawAnswer second = AsyncApp.post("/unmapped/" + type, key).send(app);

        for (RawAnswer answer : List.of(first, second)) {
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body()).contains("\"status\":500", "\"path\":\"/unmapped/" + type);
        }
        assertThat(AsyncApp.runs(key)).isEqualTo(2);
    }

    @Test
    void leaseIsRenewedWhileTheAnswerIsAwaited() throws Exception {
        try (Socket socket = RawRequest.connect(app)) {
            begin("/gated/short-lease", socket);
            List<Object> claimed = leaseEnds();
            await().atMost(Duration.ofSeconds(30)).until(() -> !leaseEnds().equals(claimed));
            journal.open("continue " + key);

            assertThat(RawAnswer.parse(RawRequest.readAll(socket)).status()).isEqualTo(201);
        }
    }

    @ParameterizedTest
    @FieldSource("TYPES")
    void ownerThatWasTakenOverMeanwhileCannotComplete(String type) throws Exception {
        try (Socket stale = RawRequest.connect(app)) {
            begin("/gated/" + type, stale);
            other.bean(Journal.class).open("continue " + key);
            RawAnswer owner;
            do {
                AsyncApp.endLeases();
                owner = AsyncApp.post("/gated/" + type, key).send(other);
            } while (owner.status() == 409);
            journal.open("continue " + key);
            RawAnswer refused = RawAnswer.parse(RawRequest.readAll(stale));

            assertThat(owner.status()).isEqualTo(201);
            assertThat(refused.isProblem(503, "claim-lost")).as(refused.body()).isTrue();
            assertThat(refused.ownHeaders()).containsOnlyKeys("content-type", "cache-control", "retry-after");
            assertThat(AsyncApp.post("/gated/" + type, key).send(app).body()).isEqualTo(owner.body());
        }
    }

    @Test
    void stepsAreRunByTheThreadThatDoesTheWork() {
        assertThat(AsyncApp.post("/plain/stepping", key).send(app).body())
                .isEqualTo("true, reserved by 1, answered by 1");
        assertThat(journal.effects(key)).isEqualTo(1);
    }

    @Test
    void laterAttemptGoesOnBehindTheStepsOfTheThreadThatDidTheWork() {
        assertThat(AsyncApp.post("/fails/stepping", key).send(app).status()).isEqualTo(503);

        assertThat(AsyncApp.post("/fails/stepping", key).send(other).body())
                .isEqualTo("true, reserved by 1, answered by 2");
        assertThat(journal.effects(key)).isEqualTo(1);
    }

    @Test
    void lastTransactionIsRefusedOnTheThreadThatDoesTheWork() {
        RawAnswer refused = AsyncApp.post("/there/last-transaction", key).send(app);

        assertThat(refused.status()).isEqualTo(500);
        assertThat(refused.body())
                .contains("Only the thread that the handler was called on", "record the work as a step");
        assertThat(journal.effects(key)).isZero();
        assertThat(AsyncApp.post("/there/last-transaction", key).send(app).isReplay())
                .isFalse();
    }

    @Test
    void answerCannotComeLaterThanTheLastTransaction() {
        RawAnswer refused = AsyncApp.post("/here/last-transaction", key).send(app);

        assertThat(refused.status()).isEqualTo(500);
        assertThat(refused.body()).contains("Return the answer itself, or record the work as a step");
        assertThat(journal.effects(key)).isZero();
        assertThat(AsyncApp.post("/here/last-transaction", key).send(app).status())
                .isEqualTo(500);
        assertThat(journal.runs(key)).isEqualTo(2);
    }

    private void begin(String path, Socket socket) throws java.io.IOException {
        AsyncApp.post(path, key).header("Connection", "close").writeTo(socket);
        journal.await("started " + key);
    }

    private List<Object> leaseEnds() {
        return app.jdbc()
                .queryForList(
                        "SELECT lease_until FROM idempotency_record WHERE completed_at IS NULL ORDER BY 1",
                        Object.class);
    }

    private int waitingForLock() {
        Integer count = app.jdbc()
                .queryForObject(
                        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                + " AND datname = current_database()",
                        Integer.class);
        return count == null ? 0 : count;
    }
}
