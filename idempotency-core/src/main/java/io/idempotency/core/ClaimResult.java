package io.idempotency.core;

import java.time.Duration;

/** The states that a key can be found in: new, in progress, completed, reused with another request, or left by its owner. */
public sealed interface ClaimResult {

    /**
     * The key was new, its retention was over, or it was left by an owner whose claim may be taken over: the caller holds the claim
     * and executes.
     *
     * @param attempt which time it is
     */
    record Claimed(Attempt attempt) implements ClaimResult {

        /** The key was new. */
        public Claimed() {
            this(Attempt.FIRST);
        }
    }

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

    /** The lease of an unsettled claim has ended, and this claim may not take it over: what took effect is unknown. */
    record Abandoned() implements ClaimResult {}

    /** The key belongs to another request: this one never executes, and the record stays as it is. */
    record KeyReused() implements ClaimResult {}
}
