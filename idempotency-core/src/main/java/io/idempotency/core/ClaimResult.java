package io.idempotency.core;

import java.time.Duration;

/** The four states that a key can be found in: new, in progress, completed, reused with another request. */
public sealed interface ClaimResult {

    /** The key was new, or its retention was over: the caller holds the claim and executes. */
    record Claimed() implements ClaimResult {}

    /** Another claim on the key is not settled yet: nobody else executes. */
    record InProgress() implements ClaimResult {}

    /**
     * The key was completed by the same request: the stored response is the answer.
     *
     * @param fingerprint the request that first used the key
     * @param response the first answer
     * @param age the time since completion, by the store's clock; never negative
     * @param remaining the time until the retention is over, by the store's clock
     */
    record Completed(RequestFingerprint fingerprint, StoredResponse response, Duration age, Duration remaining)
            implements ClaimResult {}

    /** The key belongs to another request: this one never executes, and the record stays as it is. */
    record KeyReused() implements ClaimResult {}
}
