package io.idempotency.core.contract;

import io.idempotency.core.Attempt;
import io.idempotency.core.Claim;
import io.idempotency.core.ClaimFate;
import io.idempotency.core.ClaimResult;
import io.idempotency.core.ClaimResult.Abandoned;
import io.idempotency.core.ClaimResult.Claimed;
import io.idempotency.core.ClaimResult.Completed;
import io.idempotency.core.ClaimResult.InProgress;
import io.idempotency.core.ClaimResult.KeyReused;
import io.idempotency.core.Lease;
import io.idempotency.core.Steps;
import io.idempotency.core.StoredResponse;
import io.idempotency.core.Takeover;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a store should say of one key: the rules once more, without transactions, threads and clocks. */
final class ModelKey {

    private @Nullable Claim owner;
    private @Nullable StoredResponse response;
    private boolean released;
    private Duration leaseUntil = Duration.ZERO;
    private Duration renewableUntil = Duration.ZERO;
    private Duration keptUntil = Duration.ZERO;
    private int attempt;
    private Steps steps = Steps.NONE;

    ClaimResult claim(Claim claim, Duration now) {
        if (owner == null || isOver(now)) {
            attempt = 0;
            steps = Steps.NONE;
            return claimed(claim, false, now);
        }
        if (!owner.fingerprint().equals(claim.fingerprint())) {
            return new KeyReused();
        }
        if (response != null) {
            return new Completed(claim.fingerprint(), response, Duration.ZERO, Duration.ZERO);
        }
        if (!released && now.compareTo(leaseUntil) < 0) {
            return new InProgress();
        }
        Lease lease = claim.lease();
        boolean mine = lease != null && (released || lease.onTakeover() == Takeover.EXECUTE);
        return mine ? claimed(claim, !released, now) : new Abandoned();
    }

    /** A claim without a lease leaves nothing before it is completed, which the caller does at once. */
    private Claimed claimed(Claim claim, boolean takeover, Duration now) {
        Lease lease = claim.lease();
        owner = claim;
        response = null;
        released = false;
        attempt++;
        if (lease != null) {
            leaseUntil = now.plus(lease.duration());
            renewableUntil = now.plus(lease.lifetime());
            keptUntil = renewableUntil.plus(lease.retention());
        }
        return new Claimed(new Attempt(attempt, takeover, steps));
    }

    boolean holds(Claim claim) {
        return owner != null && response == null && owner.token().equals(claim.token());
    }

    void complete(StoredResponse answer, Duration retention, Duration now) {
        response = answer;
        steps = Steps.NONE;
        keptUntil = now.plus(retention);
    }

    void recordSteps(Steps all, Duration lease, Duration now) {
        steps = all;
        restart(lease, now);
    }

    Steps steps() {
        return steps;
    }

    void release() {
        if (steps.isEmpty() && attempt == 1) {
            owner = null;
        } else {
            released = true;
        }
    }

    boolean renew(Duration lease, Duration now) {
        if (released || now.compareTo(renewableUntil) >= 0) {
            return false;
        }
        restart(lease, now);
        return true;
    }

    private void restart(Duration lease, Duration now) {
        Duration then = now.plus(lease);
        leaseUntil = then.compareTo(renewableUntil) < 0 ? then : renewableUntil;
    }

    ClaimFate fateOf(Claim claim) {
        boolean committed = owner != null && response != null && owner.token().equals(claim.token());
        return committed ? ClaimFate.COMMITTED : ClaimFate.GONE;
    }

    private boolean isOver(Duration now) {
        return now.compareTo(keptUntil) >= 0;
    }

    /** Whether a purge would delete it now, and does. */
    boolean purge(Duration now) {
        if (owner == null || !isOver(now)) {
            return false;
        }
        owner = null;
        return true;
    }
}
