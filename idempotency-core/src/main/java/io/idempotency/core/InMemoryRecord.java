package io.idempotency.core;

import io.idempotency.core.InMemoryTransactions.Transaction;
import io.idempotency.core.KeyRecord.Completion;
import io.idempotency.core.KeyRecord.Unsettled;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link InMemoryIdempotencyStore} knows of a key.
 *
 * @param claim the claim that the record was written under
 * @param state what became of it
 * @param writer the transaction that has not ended yet, or null if this is visible to all
 */
record InMemoryRecord(Claim claim, State state, @Nullable Transaction writer) {

    /** What became of a claim so far. */
    sealed interface State {}

    /** It lives in a transaction. */
    record Open() implements State {}

    /**
     * It has a lease.
     *
     * @param until when it ends, or null after it was given up
     * @param renewable until when it can be renewed
     * @param kept until when the record is kept
     */
    record Leased(@Nullable Instant until, Instant renewable, Instant kept, int attempt, Steps steps) implements State {

        static Leased first(Lease lease, Instant now) {
            return new Leased(
                    now.plus(lease.duration()), now.plus(lease.lifetime()), now.plus(lease.kept()), 1, Steps.NONE);
        }

        Leased next(Lease lease, Instant now) {
            Leased first = first(lease, now);
            return new Leased(first.until, first.renewable, first.kept, attempt + 1, steps);
        }

        boolean isRenewable(Instant now) {
            return until != null && now.isBefore(renewable);
        }

        Leased renewed(Lease lease, Instant now) {
            if (until == null) {
                return this;
            }
            Instant then = now.plus(lease.duration());
            return new Leased(then.isBefore(renewable) ? then : renewable, renewable, kept, attempt, steps);
        }

        Leased with(Steps all) {
            return new Leased(until, renewable, kept, attempt, all);
        }

        Leased released() {
            return new Leased(null, renewable, kept, attempt, steps);
        }

        Duration since(Instant now) {
            return until == null ? Duration.ZERO : Duration.between(until, now);
        }

        Unsettled at(Instant now) {
            if (until == null) {
                return Unsettled.RELEASED;
            }
            return now.isBefore(until) ? Unsettled.RUNNING : Unsettled.ABANDONED;
        }
    }

    record Kept(StoredResponse response, Instant since, Instant until) implements State {}

    record Deleted() implements State {}

    boolean isUnder(Claim other) {
        return claim.token().equals(other.token());
    }

    boolean isUnsettled() {
        return state instanceof Open || state instanceof Leased;
    }

    boolean isOver(Instant now) {
        return state instanceof Deleted
                || (state instanceof Kept kept && !now.isBefore(kept.until()))
                || (state instanceof Leased leased && !now.isBefore(leased.kept()));
    }

    KeyRecord toRecord(Instant now) {
        if (state instanceof Leased leased) {
            return new KeyRecord(claim.fingerprint(), leased.at(now));
        }
        Kept kept = (Kept) state;
        return new KeyRecord(
                claim.fingerprint(),
                new Completion(
                        kept::response, Duration.between(kept.since(), now), Duration.between(now, kept.until())));
    }

    /** A claim without a lease ends with its transaction, and leaves nothing. */
    @Nullable
    InMemoryRecord published() {
        return state instanceof Kept || state instanceof Leased ? new InMemoryRecord(claim, state, null) : null;
    }
}
