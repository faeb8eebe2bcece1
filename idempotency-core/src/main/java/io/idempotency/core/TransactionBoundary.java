package io.idempotency.core;

import java.util.function.Supplier;

/** Begins the transactions that a store's calls join. Implementations are thread-safe. */
public interface TransactionBoundary {

    /**
     * Begins a transaction of its own and binds it to the calling thread.
     *
     * @param settings isolation and timeout
     * @return the transaction; the caller ends it exactly once, on the same thread
     * @throws StoreUnavailableException if no transaction could be begun
     */
    OpenTransaction begin(TransactionSettings settings);

    /**
     * Runs calls of a store in a short transaction of their own, at READ COMMITTED, and commits it; rolls it back if they throw.
     *
     * @param calls the calls
     * @param <T> what they answer
     * @return what they answered
     * @throws StoreUnavailableException if no transaction could be begun, or it could not be committed
     */
    default <T> T inShortTransaction(Supplier<T> calls) {
        OpenTransaction transaction = begin(TransactionSettings.READ_COMMITTED);
        boolean done = false;
        T answer;
        try {
            answer = calls.get();
            done = true;
        } finally {
            if (!done) {
                transaction.rollback();
            }
        }
        if (transaction.commit() instanceof CommitResult.Failed failed) {
            throw new StoreUnavailableException(
                    "A short transaction of the store could not be committed.", failed.cause());
        }
        return answer;
    }
}
