package io.idempotency.core;

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
}
