package io.idempotency.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.idempotency.core.IdempotencyListener;
import io.idempotency.core.RequestOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is heard of a request never changes its answer. */
@Timeout(60)
class CompositeListenerTest {

    private final List<String> heard = new ArrayList<>();
    private final CompositeListener listeners = new CompositeListener(List.of(new Failing(), new Attentive()));

    @Test
    void listenerThatFailsDisturbsNeitherTheAnswerNorTheOthers() {
        listeners.requestDecided(RequestOutcome.EXECUTED, "/payments");
        listeners.responseReplayed(Duration.ofSeconds(1));
        listeners.recordsPurged(3);

        assertThat(heard).containsExactly("EXECUTED /payments", "PT1S", "3");
    }

    private static final class Failing implements IdempotencyListener {

        @Override
        public void requestDecided(RequestOutcome outcome, String endpoint) {
            throw new IllegalStateException("a mistake in a listener");
        }

        @Override
        public void responseReplayed(Duration age) {
            throw new IllegalStateException("a mistake in a listener");
        }

        @Override
        public void recordsPurged(int count) {
            throw new IllegalStateException("a mistake in a listener");
        }
    }

    private final class Attentive implements IdempotencyListener {

        @Override
        public void requestDecided(RequestOutcome outcome, String endpoint) {
            heard.add(outcome + " " + endpoint);
        }

        @Override
        public void responseReplayed(Duration age) {
            heard.add(age.toString());
        }

        @Override
        public void recordsPurged(int count) {
            heard.add(String.valueOf(count));
        }
    }
}
