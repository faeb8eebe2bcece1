package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** R1, R6, R11: nothing leaves before the commit, and what was committed stands whatever becomes of the client. */
@Timeout(180)
class NothingLeavesBeforeCommitTest {

    private static final List<String> WAYS = CommitHandlers.WAYS;

    private final RunningApp app = WireApp.get();
    private final Journal journal = app.bean(Journal.class);

    @ParameterizedTest
    @FieldSource("WAYS")
    void clientIsToldOfAnExceptionThatComesAfterTheAnswerWasFinished(String way) {
        String key = RunningApp.newKey();
        RawAnswer answer =
                RawRequest.post("/commit/throws/" + way).key(key).json("{}").send(app);

        assertThat(answer.status()).as(answer.body()).isEqualTo(500);
        assertThat(answer.body()).contains("\"status\":500", "\"path\":\"/commit/throws/" + way);
        assertThat(journal.effects(key)).isZero();
        RawRequest.post("/commit/throws/" + way).key(key).json("{}").send(app);
        assertThat(journal.runs(key)).isEqualTo(2);
    }

    @ParameterizedTest
    @FieldSource("WAYS")
    void clientIsToldOfACommitThatIsRefusedAfterTheAnswerWasFinished(String way) {
        String key = RunningApp.newKey();
        RawAnswer answer =
                RawRequest.post("/commit/refused/" + way).key(key).json("{}").send(app);

        assertThat(answer.isProblem(500, "commit-refused")).as(answer.body()).isTrue();
        assertThat(answer.ownHeaders()).containsOnlyKeys("content-type", "cache-control");
        assertThat(journal.effects(key)).isZero();
        RawRequest.post("/commit/refused/" + way).key(key).json("{}").send(app);
        assertThat(journal.runs(key)).isEqualTo(2);
    }

    /** Deliberate: a container would have sent the head and dropped both. */
    @Test
    void statusAndHeadersThatAreSetAfterAFlushStillCountBecauseNothingHasLeft() {
        RawAnswer answer = RawRequest.post("/commit/changed-after-flush")
                .key(RunningApp.newKey())
                .json("{}")
                .send(app);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("X-Custom")).containsExactly("after the flush");
    }

    @Test
    void quickestHonestRetryIsAReplayAndSeesTheEffect() throws Exception {
        for (int i = 0; i < 200; i++) {
            String key = RunningApp.newKey();
            try (Socket first = RawRequest.connect(app);
                    Socket second = RawRequest.connect(app)) {
                RawRequest.post("/commit/sized/10").key(key).json("{}").writeTo(first);
                assertThat(first.getInputStream().read()).isEqualTo('H');
                RawRequest.post("/commit/sized/10")
                        .key(key)
                        .header("Connection", "close")
                        .json("{}")
                        .writeTo(second);

                assertThat(journal.effects(key)).isEqualTo(1);
                RawAnswer retry = RawAnswer.parse(RawRequest.readAll(second));
                assertThat(retry.isReplay()).as("%s: %s", i, retry).isTrue();
            }
        }
    }

    @Test
    void clientThatHangsUpBeforeItsAnswerFindsItWhenItRetries() throws Exception {
        String key = RunningApp.newKey();
        String path = "/commit/gated/" + WireApp.MAX_RESPONSE_BODY;
        try (Socket socket = RawRequest.connect(app)) {
            RawRequest.post(path).key(key).json("{}").writeTo(socket);
            journal.await("started " + key);
            // A reset, so that writing the answer fails.
            socket.setSoLinger(true, 0);
        }
        assertThat(RawRequest.post(path).key(key).json("{}").send(app).status()).isEqualTo(409);
        journal.open("continue " + key);
        RawAnswer retry = RawRequest.post(path).key(key).json("{}").send(app);
        while (retry.isProblem(409, "request-in-progress")) {
            retry = RawRequest.post(path).key(key).json("{}").send(app);
        }

        assertThat(retry.isReplay()).as(retry.body()).isTrue();
        assertThat(retry.body()).hasSize(WireApp.MAX_RESPONSE_BODY);
        assertThat(journal.runs(key)).isEqualTo(1);
        assertThat(journal.effects(key)).isEqualTo(1);
    }

    @Test
    void clientThatHangsUpWhileItSendsItsBodyLeavesTheKeyFree() throws Exception {
        String key = RunningApp.newKey();
        try (Socket socket = RawRequest.connect(app)) {
            RawRequest.post("/commit/sized/10")
                    .key(key)
                    .header("Content-Type", "application/json")
                    .header("Content-Length", "1000")
                    .writeHead(socket);
            socket.getOutputStream().write('{');
        }
        RawAnswer retry =
                RawRequest.post("/commit/sized/10").key(key).json("{}").send(app);

        assertThat(retry.status()).isEqualTo(200);
        assertThat(retry.isReplay()).isFalse();
        assertThat(journal.runs(key)).isEqualTo(1);
    }
}
