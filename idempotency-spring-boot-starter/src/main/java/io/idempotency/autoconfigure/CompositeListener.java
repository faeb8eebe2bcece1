package io.idempotency.autoconfigure;

import io.idempotency.core.IdempotencyListener;
import io.idempotency.core.RequestOutcome;
import java.time.Duration;
import java.util.List;

/** Tells every listener of the application. */
record CompositeListener(List<IdempotencyListener> listeners) implements IdempotencyListener {

    @Override
    public void requestDecided(RequestOutcome outcome, String endpoint) {
        listeners.forEach(listener -> listener.requestDecided(outcome, endpoint));
    }

    @Override
    public void responseReplayed(Duration age) {
        listeners.forEach(listener -> listener.responseReplayed(age));
    }

    @Override
    public void recordsPurged(int count) {
        listeners.forEach(listener -> listener.recordsPurged(count));
    }
}
