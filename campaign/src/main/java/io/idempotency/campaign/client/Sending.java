package io.idempotency.campaign.client;

import io.idempotency.campaign.cluster.Bounds;
import io.idempotency.campaign.history.Answer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A request that was sent.
 *
 * @param request which of the run
 * @param outcome its answer, or nothing if none came
 * @param exchange what can be cancelled
 */
public record Sending(long request, CompletableFuture<Optional<Answer>> outcome, CompletableFuture<?> exchange) {

    /** The client hangs up. */
    public void hangUp() {
        exchange.cancel(true);
    }

    /** Waits for the answer, or for it to be known that there is none. */
    public Optional<Answer> await() {
        try {
            return outcome.get(Bounds.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Request " + request + " was neither answered nor refused in time.", e);
        }
    }
}
