package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Section L: answers that never come. While their work may go on nobody else executes, and nothing unrecorded looks like a success. */
@Timeout(180)
@ExtendWith(OutputCaptureExtension.class)
class AsyncEndsTest {

    private static final List<String> TYPES =
            List.of("callable", "task", "deferred", "future", "entity-of-future", "twice");

    private final RunningApp app = AsyncApp.APP;
    private final RunningApp other = AsyncApp.OTHER;
    private final Journal journal = app.bean(Journal.class);
    private final String key = RunningApp.newKey();

    @AfterEach
    void letTheWorkEnd() {
        journal.open("continue " + key);
        other.bean(Journal.class).open("continue " + key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"task", "deferred", "deferred-with-error"})
    void answerThatDoesNotComeInTimeKeepsTheClaimUntilItsLeaseEnds(String path) {
        RawAnswer late = AsyncApp.post("/timeout/" + path, key).send(app);
        assertThat(late.status()).isEqualTo(path.endsWith("error") ? 504 : 503);

        assertInProgressUntilTheLeaseEnds("/timeout/" + path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"task-with-answer", "deferred-with-answer"})
    void answerForThoseThatDoNotComeInTimeIsRecorded(String path) {
        RawAnswer late = AsyncApp.post("/timeout/" + path, key).send(app);
        journal.open("continue " + key);
        RawAnswer replay = AsyncApp.post("/timeout/" + path, key).send(app);

        assertThat(late.status()).isEqualTo(202);
        assertThat(replay.isReplay()).isTrue();
        assertThat(replay.status()).isEqualTo(202);
        assertThat(replay.body()).isEqualTo("goes on").isEqualTo(late.body());
        assertThat(AsyncApp.runs(key)).isEqualTo(1);
    }

    @ParameterizedTest
    @FieldSource("TYPES")
    void clientThatHangsUpWhileTheAnswerIsAwaitedFindsItWhenItRetries(String type, CapturedOutput output)
            throws Exception {
        hangUp("/gated/" + type);
        assertThat(AsyncApp.post("/gated/" + type, key).send(app).status()).isEqualTo(409);
        assertThat(AsyncApp.post("/gated/" + type, key).send(other).status()).isEqualTo(409);
        journal.open("continue " + key);
        RawAnswer retry = AsyncApp.post("/gated/" + type, key).send(app);
        while (retry.isProblem(409, "request-in-progress")) {
            retry = AsyncApp.post("/gated/" + type, key).send(app);
        }

        assertThat(retry.isReplay()).as(retry.body()).isTrue();
        assertThat(retry.body()).isEqualTo("run 1 of " + key);
        assertThat(AsyncApp.runs(key)).isEqualTo(1);
        assertThat(output).doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"task", "deferred"})
    void clientThatHangsUpBeforeTheTimeIsOverGivesNothingUp(String path) throws Exception {
        hangUp("/timeout/" + path);
        journal.await("over " + key);

        assertInProgressUntilTheLeaseEnds("/timeout/" + path);
    }

    @ParameterizedTest
    @FieldSource("TYPES")
    void failureInsideTheGuardIsToldWhenTheWorkIsOver(String type) throws Exception {
        try (Socket socket = RawRequest.connect(app)) {
            AsyncApp.post("/gated/" + type, key)
                    .header(AsyncApp.FAILS_INSIDE, AsyncApp.AT_ONCE)
                    .header("Connection", "close")
                    .writeTo(socket);
            journal.await("started " + key);
            assertThat(AsyncApp.post("/gated/" + type, key).send(app).status()).isEqualTo(409);
            assertThat(AsyncApp.post("/gated/" + type, key).send(other).status())
                    .isEqualTo(409);
            journal.open("continue " + key);

            RawAnswer failed = RawAnswer.parse(RawRequest.readAll(socket));
            assertThat(failed.status()).as(failed.body()).isEqualTo(500);
            assertThat(failed.body()).contains("\"status\":500").doesNotContain("run 1");
            assertThat(failed.ownHeaders()).containsOnlyKeys("content-type");
        }
        assertThat(AsyncApp.post("/gated/" + type, key).send(app).body()).isEqualTo("run 2 of " + key);
    }

    @ParameterizedTest
    @FieldSource("TYPES")
    void failureOutsideTheGuardDoesNotGiveUpTheClaimOfWorkThatGoesOn(String type) {
        RawAnswer failed = AsyncApp.post("/gated/" + type, key)
                .header(AsyncApp.FAILS_OUTSIDE, "started " + key)
                .send(app);
        assertThat(failed.status()).as(failed.body()).isEqualTo(500);
        assertThat(failed.body()).contains("\"status\":500");

        assertInProgressUntilTheLeaseEnds("/gated/" + type);
    }

    @ParameterizedTest
    @FieldSource("TYPES")
    void failureAroundQuickWorkNeverLeavesAnUnrecordedSuccess(String type) {
        for (int i = 0; i < 40; i++) {
            String mine = RunningApp.newKey();
            RawAnswer failed = AsyncApp.post("/plain/" + type, mine)
                    .header(i % 2 == 0 ? AsyncApp.FAILS_OUTSIDE : AsyncApp.FAILS_INSIDE, AsyncApp.AT_ONCE)
                    .send(app);

            assertThat(failed.status()).as(failed.body()).isEqualTo(500);
            assertThat(journal.runs(mine)).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void asyncWithoutArgumentsIsToldWhatToDo() {
        RawAnswer refused = AsyncApp.post("/manual/without-arguments", key).send(app);

        assertThat(refused.status()).isEqualTo(500);
        journal.await("An @Idempotent handler answers through what it was given: call startAsync(request, response).");
        AsyncApp.post("/manual/without-arguments", key).send(app);
        assertThat(journal.runs(key)).isEqualTo(2);
    }

    @Test
    void asyncIsRefusedInATransaction() {
        assertThat(AsyncApp.post("/manual/transactional", key).send(app).status())
                .isEqualTo(500);
        assertThat(journal.effects(key)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"completes", "completes-what-it-asks-for", "completes-in-time"})
    void answerThatIsCompletedPastTheRecordIsToldWhatToDo(String path) {
        RawAnswer answer = AsyncApp.post("/manual/" + path, key).send(app);

        journal.await(
                "told " + key + ": The answer of an @Idempotent handler is stored before it is sent: dispatch it.");
        assertThat(answer.status()).as(answer.body()).isEqualTo(500);
        assertInProgressUntilTheLeaseEnds("/manual/" + path);
    }

    @Test
    void answerOfADispatchIsRecorded() {
        RawAnswer first = AsyncApp.post("/manual/dispatches", key).send(app);
        RawAnswer replay = AsyncApp.post("/manual/dispatches", key).send(app);

        assertThat(first.status()).isEqualTo(201);
        assertThat(first.body()).isEqualTo("dispatched to /manual/dispatches");
        assertThat(replay.isReplay()).isTrue();
        assertThat(replay.body()).isEqualTo(first.body());
        assertThat(journal.runs(key)).isEqualTo(1);
    }

    @Test
    void lastTransactionThatIsLeftBehindTakesNoEffectAndIsNoSuccess() {
        RawAnswer answer = AsyncApp.post("/manual/last-transaction", key).send(app);

        assertThat(answer.isProblem(500, "rolled-back")).as(answer.body()).isTrue();
        assertThat(journal.effects(key)).isZero();
        AsyncApp.post("/manual/last-transaction", key).send(app);
        assertThat(journal.runs(key)).isEqualTo(2);
    }

    /** Both nodes answer every time: neither holds the key for ever. */
    private void assertInProgressUntilTheLeaseEnds(String path) {
        assertThat(AsyncApp.post(path, key).send(app).isProblem(409, "request-in-progress"))
                .isTrue();
        assertThat(AsyncApp.post(path, key).send(other).isProblem(409, "request-in-progress"))
                .isTrue();
        assertThat(AsyncApp.runs(key)).isEqualTo(1);
        journal.open("continue " + key);
        RawAnswer retry;
        do {
            AsyncApp.endLeases();
            retry = AsyncApp.post(path, key).send(app);
        } while (retry.isProblem(409, "request-in-progress"));
        assertThat(AsyncApp.runs(key)).isEqualTo(2);
    }

    private void hangUp(String path) throws IOException {
        try (Socket socket = RawRequest.connect(app)) {
            AsyncApp.post(path, key).writeTo(socket);
            journal.await("started " + key);
            // A reset, so that writing the answer fails.
            socket.setSoLinger(true, 0);
        }
    }
}
