package io.idempotency.core;

import java.time.Duration;

/**
 * How long an unsettled claim of the leased mode is honoured, by the store's clock.
 *
 * @param duration how long after the claim, or after it was last renewed; positive
 * @param lifetime how long after the claim it can be renewed at most; at least the duration
 * @param retention how long after the end of its lifetime an unsettled record is kept; positive
 * @param onTakeover what a retry gets when the lease has ended
 */
public record Lease(Duration duration, Duration lifetime, Duration retention, Takeover onTakeover) {

    /**
     * How long an unsettled record is kept, counted from its claim.
     *
     * @return lifetime and retention together
     */
    public Duration kept() {
        return lifetime.plus(retention);
    }
}
