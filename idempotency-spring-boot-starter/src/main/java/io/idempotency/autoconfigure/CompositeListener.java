package io.idempotency.autoconfigure;

import io.idempotency.core.IdempotencyListener;
import io.idempotency.core.RequestOutcome;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;

/** Tells every listener of the application; one that fails changes neither an answer nor what the others hear. */
record CompositeListener(List<IdempotencyListener> listeners) implements IdempotencyListener {

    private static final Logger LOG = LoggerFactory.getLogger(CompositeListener.class);

    static CompositeListener of(ObjectProvider<IdempotencyListener> listeners) {
        return new CompositeListener(listeners.orderedStream().toList());
    }

    @Override
    public void requestDecided(RequestOutcome outcome, String endpoint) {
        tell(listener -> listener.requestDecided(outcome, endpoint));
    }

    @Override
    public void responseReplayed(Duration age) {
        tell(listener -> listener.responseReplayed(age));
    }

    @Override
    public void recordsPurged(int count) {
        tell(listener -> listener.recordsPurged(count));
    }

    private void tell(Consumer<IdempotencyListener> news) {
        for (IdempotencyListener listener : listeners) {
            try {
                news.accept(listener);
            } catch (RuntimeException e) {
                LOG.warn("{} failed and was passed over.", listener.getClass().getName(), e);
            }
        }
    }
}
