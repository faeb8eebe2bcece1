package io.idempotency.core;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A leased execution whose handler has returned and whose answer comes later, from any thread. It must be ended in one of three ways,
 * and only the first call ends it; until then its key is in progress and its lease is renewed. Thread-safe.
 */
public final class DeferredExecution {

    private final LeasedMode mode;
    private final LeasedExecution execution;
    private final Runnable whenOver;
    private final AtomicBoolean over = new AtomicBoolean();

    DeferredExecution(LeasedMode mode, LeasedExecution execution, Runnable whenOver) {
        this.mode = mode;
        this.execution = execution;
        this.whenOver = whenOver;
    }

    /**
     * Ends it with the answer.
     *
     * @param response the answer as it would be stored
     * @return the outcome
     * @throws IllegalStateException if it was ended before
     */
    public ExecutionOutcome finish(StoredResponse response) {
        if (!over.compareAndSet(false, true)) {
            throw new IllegalStateException("The execution of key " + execution.key() + " was ended before.");
        }
        try {
            return mode.settle(execution, response);
        } finally {
            whenOver.run();
        }
    }

    /** Ends it without an answer: the claim is given up, and the next request executes. */
    public void fail() {
        if (over.compareAndSet(false, true)) {
            try {
                mode.giveUp(execution);
            } finally {
                whenOver.run();
            }
        }
    }

    /**
     * Ends it without knowing whether its work goes on: the lease is not renewed any more, and a request that comes after its end is
     * answered as the {@link Takeover} says.
     */
    public void abandon() {
        if (over.compareAndSet(false, true)) {
            try {
                mode.abandon(execution);
            } finally {
                whenOver.run();
            }
        }
    }
}
