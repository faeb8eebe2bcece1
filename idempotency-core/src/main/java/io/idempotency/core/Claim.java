package io.idempotency.core;

/**
 * The right to execute one key's request once: asked for with {@link IdempotencyStore#claim}, held if the answer is
 * {@link ClaimResult.Claimed}.
 *
 * @param key the record that is claimed
 * @param fingerprint the request that the key is claimed for
 * @param token what later writes prove the claim with
 */
public record Claim(RecordKey key, RequestFingerprint fingerprint, ClaimToken token) {

    /**
     * A claim with a token of its own.
     *
     * @param key the record to claim
     * @param fingerprint the request
     * @return a claim that nobody else can prove
     */
    public static Claim on(RecordKey key, RequestFingerprint fingerprint) {
        return new Claim(key, fingerprint, ClaimToken.random());
    }
}
