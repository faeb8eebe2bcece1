package io.idempotency.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InFlightKeysTest {

    private static final Duration LONG = Duration.ofDays(1);

    private final InFlightKeys keys = new InFlightKeys();
    private final RecordKey key = Samples.key("key");

    @Test
    void keyIsEnteredOnceUntilItIsLeft() {
        assertThat(keys.enter(key)).isTrue();
        assertThat(keys.enter(key)).isFalse();
        keys.leave(key);
        assertThat(keys.enter(key)).isTrue();
    }

    @Test
    void keysAreIndependent() {
        keys.enter(key);

        assertThat(keys.enter(Samples.key("other"))).isTrue();
    }

    @Test
    void keyThatIsNotRunningCanBeLeft() {
        keys.leave(key);

        assertThat(keys.enter(key)).isTrue();
    }

    @Test
    void nobodyWaitsForAKeyThatIsNotRunning() throws InterruptedException {
        keys.awaitLeave(key, LONG);

        assertThat(keys.enter(key)).isTrue();
    }

    @Test
    void waitEndsWhenTheKeyIsLeft() throws Exception {
        keys.enter(key);
        CompletableFuture<Void> leaving = CompletableFuture.runAsync(() -> keys.leave(key));

        keys.awaitLeave(key, LONG);

        leaving.join();
        assertThat(keys.enter(key)).isTrue();
    }

    @Test
    void waitEndsWhenPatienceDoes() throws InterruptedException {
        keys.enter(key);

        keys.awaitLeave(key, Duration.ofNanos(1));

        assertThat(keys.enter(key)).isFalse();
    }

    @Test
    void interruptionEndsTheWait() {
        keys.enter(key);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> keys.awaitLeave(key, LONG)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void keyThatNobodyEnteredIsNotExecuted() throws InterruptedException {
        assertThat(keys.awaitExecution(key, LONG)).isFalse();
    }

    @Test
    void keyIsExecutedFromItsGrantUntilItIsLeft() throws InterruptedException {
        keys.enter(key);
        keys.executes(key, null);

        assertThat(keys.awaitExecution(key, LONG)).isTrue();
        keys.leave(key);
        assertThat(keys.awaitExecution(key, LONG)).isFalse();
    }

    @Test
    void waitForADecisionEndsWhenTheKeyIsLeftWithoutExecution() throws Exception {
        keys.enter(key);
        CompletableFuture<Void> leaving = CompletableFuture.runAsync(() -> keys.leave(key));

        assertThat(keys.awaitExecution(key, LONG)).isFalse();
        leaving.join();
    }

    @Test
    void keyThatIsNotDecidedInTimeCountsAsExecuted() throws InterruptedException {
        keys.enter(key);

        assertThat(keys.awaitExecution(key, Duration.ofNanos(1))).isTrue();
    }

    @Test
    void keyThatNobodyEnteredCannotExecute() throws InterruptedException {
        keys.executes(key, null);

        assertThat(keys.enter(key)).isTrue();
    }

    @Test
    void onlyACommittedClaimTellsWhatItIsFor() {
        RequestFingerprint asking = Samples.fingerprint(1, 8);
        assertThat(keys.executesAnother(key, asking)).isFalse();
        keys.enter(key);
        assertThat(keys.executesAnother(key, asking)).isFalse();
        keys.executes(key, null);
        assertThat(keys.executesAnother(key, asking)).isFalse();
        keys.executes(key, Samples.fingerprint(1, 7));

        assertThat(keys.executesAnother(key, asking)).isTrue();
        assertThat(keys.executesAnother(key, Samples.fingerprint(1, 7))).isFalse();
        assertThat(keys.executesAnother(key, Samples.fingerprint(2, 8))).isFalse();
        keys.leave(key);
        assertThat(keys.executesAnother(key, asking)).isFalse();
    }
}
