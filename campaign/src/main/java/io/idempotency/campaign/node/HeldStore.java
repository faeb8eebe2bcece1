package io.idempotency.campaign.node;

import io.idempotency.core.Claim;
import io.idempotency.core.ClaimFate;
import io.idempotency.core.ClaimResult;
import io.idempotency.core.IdempotencyStore;
import io.idempotency.core.Steps;
import io.idempotency.core.StoredResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Supplier;
import org.springframework.jdbc.core.JdbcTemplate;

/** The library's store, where a request can be held on either side of a claim, before its completion, and in a purge. */
class HeldStore implements IdempotencyStore {

    private final IdempotencyStore store;
    private final Supplier<JdbcTemplate> jdbc;

    HeldStore(IdempotencyStore store, Supplier<JdbcTemplate> jdbc) {
        this.store = store;
        this.jdbc = jdbc;
    }

    final JdbcTemplate jdbc() {
        return jdbc.get();
    }

    @Override
    public ClaimResult claim(Claim claim) {
        if (Course.isHeldAt(Failpoint.BEFORE_CLAIM)) {
            jdbc().queryForObject("SELECT 1", Integer.class);
            Course.reach(Failpoint.BEFORE_CLAIM);
        }
        ClaimResult result = store.claim(claim);
        if (result instanceof ClaimResult.Claimed) {
            Course.reach(Failpoint.AFTER_CLAIM);
            if (claim.lease() != null) {
                Course.claims();
            }
        }
        return result;
    }

    @Override
    public void complete(Claim claim, StoredResponse response, Duration retention) {
        Course.reach(Failpoint.BEFORE_STORE);
        store.complete(claim, response, retention);
        Course.completes();
    }

    @Override
    public ClaimFate fateOf(Claim claim) {
        return store.fateOf(claim);
    }

    @Override
    public void hold(Claim claim) {
        store.hold(claim);
    }

    @Override
    public void recordSteps(Claim claim, Steps steps) {
        store.recordSteps(claim, steps);
    }

    @Override
    public void release(Claim claim) {
        store.release(claim);
    }

    @Override
    public int renew(Collection<Claim> claims) {
        return store.renew(claims);
    }

    @Override
    public int purge(int limit) {
        int purged = store.purge(limit);
        if (purged > 0) {
            Course.reach(Failpoint.PURGE);
        }
        return purged;
    }
}
