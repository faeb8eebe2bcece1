package io.idempotency.core;

import java.time.Duration;

/**
 * One request as the rule sees it.
 *
 * @param key the record that stands for it
 * @param fingerprint what it asks for
 * @param transaction how its transaction is begun
 * @param retention how long its response is replayed; positive
 * @param outcomes which of its answers are kept
 */
public record IdempotentRequest(
        RecordKey key,
        RequestFingerprint fingerprint,
        TransactionSettings transaction,
        Duration retention,
        OutcomePolicy outcomes) {

    /** The record that this request leaves if its answer is committed. */
    ClaimResult.Completed completedWith(StoredResponse response) {
        return new ClaimResult.Completed(fingerprint, response, Duration.ZERO, retention);
    }
}
