package io.idempotency.core;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a store found under a key whose retention is not over, ready to be classified.
 *
 * @param fingerprint the request that first used the key
 * @param completion the response, or null while the claim is not settled
 */
public record KeyRecord(
        RequestFingerprint fingerprint, @Nullable Completion completion) {

    /**
     * A settled claim.
     *
     * @param response reads the stored response; asked only if it is the answer
     * @param age the time since completion; negative, where the clock was set back, counts as zero
     * @param remaining the time until the retention is over, measured by the same clock at the same moment as the age
     */
    public record Completion(Supplier<StoredResponse> response, Duration age, Duration remaining) {

        /** Keeps the age from being negative. */
        public Completion {
            age = age.isNegative() ? Duration.ZERO : age;
        }
    }

    /**
     * Says what the record means to a claim that did not get the key.
     *
     * @param claim the claim that was refused
     * @return in progress, completed or reused; never claimed
     */
    public ClaimResult classify(Claim claim) {
        return classify(claim.fingerprint());
    }

    ClaimResult classify(RequestFingerprint asking) {
        if (asking.contradicts(fingerprint)) {
            return new ClaimResult.KeyReused();
        }
        return completion == null
                ? new ClaimResult.InProgress()
                : new ClaimResult.Completed(
                        fingerprint, completion.response().get(), completion.age(), completion.remaining());
    }
}
