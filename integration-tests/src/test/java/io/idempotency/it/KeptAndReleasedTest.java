package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R2, R4, R9, R10: which answers are kept, and that the others leave nothing behind. */
@Timeout(120)
class KeptAndReleasedTest {

    private static final List<String> ASYNCHRONOUS = OutcomeHandlers.ASYNCHRONOUS;

    private final RunningApp app = WireApp.get();
    private final Journal journal = app.bean(Journal.class);

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 207, 301, 304, 400, 402, 404, 409, 410, 418, 422, 451, 499})
    void deterministicAnswerIsKeptWithItsEffect(int status) {
        assertKept("/guarded/outcome/entity/" + status, status);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 409, 422})
    void deterministicErrorIsKeptInWhateverWayItIsAnswered(int status) {
        assertKept("/guarded/outcome/send-error/" + status, status);
        assertKept("/guarded/outcome/exception/" + status, status);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 408, 423, 425, 429, 500, 501, 502, 503, 504, 507})
    void explicitAnswerThatARetryMayChangeIsReleasedWithoutEffect(int status) {
        assertReleased("/guarded/outcome/entity/" + status, status);
        assertReleased("/guarded/outcome/send-error/" + status, status);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 429, 500, 503})
    void exceptionWithAStatusThatARetryMayChangeIsReleasedWithoutEffect(int status) {
        assertReleased("/guarded/outcome/exception/" + status, status);
    }

    @ParameterizedTest
    @CsvSource({"runtime,500", "checked,500", "io,500", "annotated,503", "error,500"})
    void exceptionThatLeavesTheHandlerIsAnsweredAsWithoutTheLibraryAndLeavesNothing(String kind, int status) {
        RawAnswer plain = post("/plain/outcome/unhandled/" + kind, RunningApp.newKey());
        RawAnswer guarded = post("/guarded/outcome/unhandled/" + kind, RunningApp.newKey());

        assertThat(guarded.comparable()).isEqualTo(plain.comparable());
        assertReleased("/guarded/outcome/unhandled/" + kind, status);
    }

    @Test
    void endpointChoosesForItselfWhatIsReleased() {
        assertReleased("/guarded/outcome/own-policy/409", 409);
        assertReleased("/guarded/outcome/own-policy/303", 303);
        assertKept("/guarded/outcome/own-policy/201", 201);
        assertKept("/guarded/outcome/own-policy/500", 500);
        assertKept("/guarded/outcome/own-policy/429", 429);
    }

    @Test
    void responseAtTheLimitIsReplayed() {
        assertKept("/commit/sized/" + WireApp.MAX_RESPONSE_BODY, 200);
    }

    @Test
    void responseOverTheLimitIsDeliveredOnceAndNeverExecutedAgain() {
        String key = RunningApp.newKey();
        String path = "/commit/sized/" + (WireApp.MAX_RESPONSE_BODY + 1);
        RawAnswer first = post(path, key);

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.body()).hasSize(WireApp.MAX_RESPONSE_BODY + 1);
        for (int i = 0; i < 2; i++) {
            RawAnswer retry = post(path, key);
            assertThat(retry.isProblem(409, "response-not-kept"))
                    .as(retry.body())
                    .isTrue();
            assertThat(retry.header("Retry-After")).isEmpty();
        }
        assertThat(journal.runs(key)).isEqualTo(1);
        assertThat(journal.effects(key)).isEqualTo(1);
    }

    @ParameterizedTest
    @FieldSource("ASYNCHRONOUS")
    void handlerThatTurnsOutToAnswerAsynchronouslyIsRefusedAndLeavesNothing(String kind) {
        assertReleased("/guarded/outcome/asynchronous/" + kind, 500);
    }

    private void assertKept(String path, int status) {
        String key = RunningApp.newKey();
        RawAnswer first = post(path, key);
        RawAnswer second = post(path, key);

        assertThat(first.status()).as(path).isEqualTo(status);
        assertThat(second.status()).as(path).isEqualTo(status);
        assertThat(second.isReplay()).as(path).isTrue();
        assertThat(second.comparableBody()).isEqualTo(first.comparableBody());
        assertThat(journal.runs(key)).as(path).isEqualTo(1);
        assertThat(journal.effects(key)).as(path).isEqualTo(1);
    }

    private void assertReleased(String path, int status) {
        String key = RunningApp.newKey();
        long records = app.recordCount();
        for (int i = 0; i < 2; i++) {
            RawAnswer answer = post(path, key);
            assertThat(answer.status()).as(path).isEqualTo(status);
            assertThat(answer.isReplay()).as(path).isFalse();
        }

        assertThat(journal.runs(key)).as(path).isEqualTo(2);
        assertThat(journal.effects(key)).as(path).isZero();
        assertThat(app.recordCount()).as(path).isEqualTo(records);
    }

    private RawAnswer post(String path, String key) {
        return RawRequest.post(path).key(key).json("{}").send(app);
    }
}
