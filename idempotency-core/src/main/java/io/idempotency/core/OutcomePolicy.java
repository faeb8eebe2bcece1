package io.idempotency.core;

/** Decides which answers are kept; the others are released: rolled back whole, so that a retry executes again. */
@FunctionalInterface
public interface OutcomePolicy {

    /**
     * Decides about one answer. Must give the same answer for the same status, and may be called by any thread.
     *
     * @param status the HTTP status code that the handler answered with
     * @return true to keep and replay the answer, false to release it
     */
    boolean keeps(int status);
}
