package io.idempotency.metrics;

import io.idempotency.core.IdempotencyListener;
import io.idempotency.core.RequestOutcome;
import io.idempotency.metrics.IdempotencyMeters.RequestTag;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Counts what it hears. Thread-safe. */
public final class MeteredListener implements IdempotencyListener {

    private final Counter.Builder purged = Counter.builder(IdempotencyMeters.RECORDS_PURGED.getName())
            .description("Records deleted because their retention was over");
    private final MeterRegistry registry;
    private final Timer replayAge;

    /**
     * Publishes to a registry.
     *
     * @param registry where the meters are
     */
    public MeteredListener(MeterRegistry registry) {
        this.registry = registry;
        this.replayAge = Timer.builder(IdempotencyMeters.REPLAY_AGE.getName())
                .description("How long after the first answer it was replayed")
                .register(registry);
        purged.register(registry);
    }

    @Override
    public void requestDecided(RequestOutcome outcome, String endpoint) {
        Counter.builder(IdempotencyMeters.REQUESTS.getName())
                .description("Requests to guarded endpoints by what became of them")
                .tag(RequestTag.OUTCOME.asString(), outcome.tagValue())
                .tag(RequestTag.URI.asString(), endpoint)
                .register(registry)
                .increment();
    }

    @Override
    public void responseReplayed(Duration age) {
        replayAge.record(age);
    }

    @Override
    public void recordsPurged(int count) {
        purged.register(registry).increment(count);
    }
}
