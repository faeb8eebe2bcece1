package io.idempotency.core;

import org.jspecify.annotations.Nullable;

/** What the store decided about a request: its outcome, or that it is to be executed. */
sealed interface Decision {

    /** The outcome, which is known if nothing is to be executed. */
    ExecutionOutcome outcome();

    /**
     * The claim is held.
     *
     * @param attempt which time it is
     * @param transaction the transaction in which a claim without a lease lives, left open
     */
    record Granted(Claim claim, Attempt attempt, @Nullable OpenTransaction transaction) implements Decision {

        @Override
        public ExecutionOutcome outcome() {
            throw new IllegalStateException("A granted claim has no outcome yet.");
        }

        OpenTransaction requireTransaction() {
            if (transaction == null) {
                throw new IllegalStateException("A claim with a lease lives in no transaction.");
            }
            return transaction;
        }
    }

    /** Nothing is executed, and no transaction is open. */
    record Settled(ExecutionOutcome outcome) implements Decision {}
}
