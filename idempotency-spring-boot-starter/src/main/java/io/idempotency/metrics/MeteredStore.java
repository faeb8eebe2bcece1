package io.idempotency.metrics;

import io.idempotency.core.Claim;
import io.idempotency.core.ClaimFate;
import io.idempotency.core.ClaimResult;
import io.idempotency.core.IdempotencyStore;
import io.idempotency.core.Steps;
import io.idempotency.core.StoredResponse;
import io.idempotency.metrics.IdempotencyMeters.StoreTag;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;

/** Times what a store is asked. Thread-safe if the store is. */
public final class MeteredStore implements IdempotencyStore {

    private final IdempotencyStore store;
    private final Timer claim;
    private final Timer complete;
    private final Timer fateOf;
    private final Timer hold;
    private final Timer recordSteps;
    private final Timer release;
    private final Timer renew;
    private final Timer purge;

    /**
     * Times a store.
     *
     * @param store the store
     * @param registry where the meters are
     */
    public MeteredStore(IdempotencyStore store, MeterRegistry registry) {
        this.store = store;
        this.claim = timer("claim", registry);
        this.complete = timer("complete", registry);
        this.fateOf = timer("fate", registry);
        this.hold = timer("hold", registry);
        this.recordSteps = timer("record_steps", registry);
        this.release = timer("release", registry);
        this.renew = timer("renew", registry);
        this.purge = timer("purge", registry);
    }

    private static Timer timer(String operation, MeterRegistry registry) {
        return Timer.builder(IdempotencyMeters.STORE.getName())
                .description("How long the store took, by what it was asked")
                .tag(StoreTag.OPERATION.asString(), operation)
                .register(registry);
    }

    @Override
    public ClaimResult claim(Claim request) {
        return claim.record(() -> store.claim(request));
    }

    @Override
    public void complete(Claim held, StoredResponse response, Duration retention) {
        complete.record(() -> store.complete(held, response, retention));
    }

    @Override
    public ClaimFate fateOf(Claim held) {
        return fateOf.record(() -> store.fateOf(held));
    }

    @Override
    public void hold(Claim held) {
        hold.record(() -> store.hold(held));
    }

    @Override
    public void recordSteps(Claim held, Steps steps) {
        recordSteps.record(() -> store.recordSteps(held, steps));
    }

    @Override
    public void release(Claim held) {
        release.record(() -> store.release(held));
    }

    @Override
    public int renew(Collection<Claim> held) {
        return renew.record(() -> store.renew(held));
    }

    @Override
    public int purge(int limit) {
        return purge.record(() -> store.purge(limit));
    }
}
