package io.idempotency;

import io.idempotency.core.AbandonedKey;
import io.idempotency.core.AbandonedKeys;
import io.idempotency.core.StoredResponse;
import io.idempotency.core.TransactionBoundary;
import java.time.Duration;
import java.util.List;

/**
 * Finds and resolves keys whose attempts ended unsettled, each call in a transaction of its own. Thread-safe.
 *
 * <p>There is such a bean with {@code idempotency.abandoned-keys.enabled=true} alone.
 */
public final class AbandonedKeyOperations {

    private final AbandonedKeys keys;
    private final TransactionBoundary transactions;
    private final Duration retention;

    /**
     * Operations.
     *
     * @param keys the keys
     * @param transactions begins the transactions
     * @param retention how long a response that somebody made up is replayed
     */
    public AbandonedKeyOperations(AbandonedKeys keys, TransactionBoundary transactions, Duration retention) {
        this.keys = keys;
        this.transactions = transactions;
        this.retention = retention;
    }

    /**
     * Finds abandoned keys.
     *
     * @param limit the most to find; positive
     * @return those that wait longest first
     */
    public List<AbandonedKey> find(int limit) {
        return transactions.inShortTransaction(() -> keys.find(limit));
    }

    /**
     * Lets the next request for a key execute: nothing took effect, or it may be done again.
     *
     * @param id the digest that names the key, as the log shows it
     * @return false if it is not abandoned
     * @throws IllegalArgumentException if no key can be named so
     */
    public boolean executeAgain(String id) {
        return transactions.inShortTransaction(() -> keys.executeAgain(id));
    }

    /**
     * Completes a key with a response of one's own: what took effect is known.
     *
     * @param id the digest that names the key, as the log shows it
     * @param response what retries are answered with
     * @return false if it is not abandoned
     * @throws IllegalArgumentException if no key can be named so
     */
    public boolean complete(String id, StoredResponse response) {
        return transactions.inShortTransaction(() -> keys.complete(id, response, retention));
    }
}
