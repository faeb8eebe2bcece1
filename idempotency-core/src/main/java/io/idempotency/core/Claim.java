package io.idempotency.core;

import org.jspecify.annotations.Nullable;

/**
 * The right to execute one key's request once: asked for with {@link IdempotencyStore#claim}, held if the answer is
 * {@link ClaimResult.Claimed}.
 *
 * @param key the record that is claimed
 * @param fingerprint the request that the key is claimed for
 * @param token what later writes prove the claim with
 * @param lease how long the claim is honoured, or null if it lives in a transaction and ends with it
 */
public record Claim(
        RecordKey key,
        RequestFingerprint fingerprint,
        ClaimToken token,
        @Nullable Lease lease) {

    /**
     * A claim with a token of its own that lives in a transaction.
     *
     * @param key the record to claim
     * @param fingerprint the request
     * @return a claim that nobody else can prove
     */
    public static Claim on(RecordKey key, RequestFingerprint fingerprint) {
        return new Claim(key, fingerprint, ClaimToken.random(), null);
    }

    /**
     * A claim with a token of its own that is written down.
     *
     * @param key the record to claim
     * @param fingerprint the request
     * @param lease how long it is honoured
     * @return a claim that nobody else can prove
     */
    public static Claim leased(RecordKey key, RequestFingerprint fingerprint, Lease lease) {
        return new Claim(key, fingerprint, ClaimToken.random(), lease);
    }

    /**
     * The lease of a claim that is known to have one.
     *
     * @return the lease
     * @throws IllegalArgumentException if the claim lives in a transaction
     */
    public Lease requireLease() {
        if (lease == null) {
            throw new IllegalArgumentException(
                    "The claim on key " + key + " has no lease: it ends with its transaction.");
        }
        return lease;
    }
}
