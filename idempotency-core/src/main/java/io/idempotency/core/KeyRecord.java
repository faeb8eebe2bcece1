package io.idempotency.core;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * What a store found under a key whose retention is not over, ready to be classified.
 *
 * @param fingerprint the request that first used the key
 * @param state how far it got
 */
public record KeyRecord(RequestFingerprint fingerprint, State state) {

    /** How far a request got. */
    public sealed interface State {}

    /**
     * A settled claim.
     *
     * @param response reads the stored response; asked only if it is the answer
     * @param age the time since completion; negative, where the clock was set back, counts as zero
     * @param remaining the time until the retention is over, measured by the same clock at the same moment as the age
     */
    public record Completion(Supplier<StoredResponse> response, Duration age, Duration remaining) implements State {

        /** Keeps the age from being negative. */
        public Completion {
            age = age.isNegative() ? Duration.ZERO : age;
        }
    }

    /** A claim of the leased mode that is not settled. */
    public enum Unsettled implements State {
        /** Its lease is running. */
        RUNNING,
        /** Its lease has ended: its owner died, was paused for too long, or lost its connection to the store. */
        ABANDONED,
        /** Its owner gave it up after some steps were recorded. */
        RELEASED
    }

    /**
     * Whether a claim may take the record over.
     *
     * @param claim the claim that found the record
     * @return true only for a leased claim for the same request
     */
    public boolean isOpenTo(Claim claim) {
        Lease lease = claim.lease();
        boolean left = state == Unsettled.RELEASED
                || (state == Unsettled.ABANDONED && lease != null && lease.onTakeover() == Takeover.EXECUTE);
        return left && lease != null && !claim.fingerprint().contradicts(fingerprint);
    }

    /**
     * Says what the record means to a claim that did not get the key.
     *
     * @param claim the claim that was refused
     * @return in progress, completed, reused or abandoned; never claimed
     */
    public ClaimResult classify(Claim claim) {
        return classify(claim.fingerprint());
    }

    ClaimResult classify(RequestFingerprint asking) {
        if (asking.contradicts(fingerprint)) {
            return new ClaimResult.KeyReused();
        }
        if (state instanceof Completion completion) {
            return new ClaimResult.Completed(
                    fingerprint, completion.response().get(), completion.age(), completion.remaining());
        }
        return state == Unsettled.RUNNING ? new ClaimResult.InProgress() : new ClaimResult.Abandoned();
    }
}
