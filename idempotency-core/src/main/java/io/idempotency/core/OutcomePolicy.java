package io.idempotency.core;

/**
 * Decides which answers are kept; the others are released: rolled back whole, so that a retry executes again.
 *
 * <p>A success (2xx) is always kept: it would not be true once its effect is rolled back.
 */
@FunctionalInterface
public interface OutcomePolicy {

    /**
     * Decides about one answer. Must give the same answer for the same status, and may be called by any thread.
     *
     * @param status the HTTP status code that the handler answered with, 300 or above
     * @return true to keep and replay the answer, false to release it
     */
    boolean keeps(int status);

    /**
     * What becomes of an answer, whatever was decided: a success is kept without being asked about.
     *
     * @param status the HTTP status code that the handler answered with
     * @return true if the answer is kept and replayed
     */
    default boolean isKept(int status) {
        return status < 300 || keeps(status);
    }
}
