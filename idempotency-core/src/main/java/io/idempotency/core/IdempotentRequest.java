package io.idempotency.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One request as the rule sees it.
 *
 * @param key the record that stands for it
 * @param fingerprint what it asks for
 * @param transaction how the transaction is begun that its effect and its response share
 * @param retention how long its response is replayed; positive
 * @param outcomes which of its answers are kept
 * @param lease how its claim is held, or null if a transaction holds it
 */
public record IdempotentRequest(
        RecordKey key,
        RequestFingerprint fingerprint,
        TransactionSettings transaction,
        Duration retention,
        OutcomePolicy outcomes,
        @Nullable Lease lease) {

    /** A claim of its own for each attempt. */
    Claim newClaim() {
        return lease == null ? Claim.on(key, fingerprint) : Claim.leased(key, fingerprint, lease);
    }

    boolean keeps(StoredResponse response) {
        return outcomes.isKept(response.status());
    }

    IdempotentRequest inTransaction(TransactionSettings settings) {
        return new IdempotentRequest(key, fingerprint, settings, retention, outcomes, lease);
    }

    /** The record that this request leaves if its answer is committed. */
    ClaimResult.Completed completedWith(StoredResponse response) {
        return new ClaimResult.Completed(fingerprint, response, Duration.ZERO, retention);
    }
}
