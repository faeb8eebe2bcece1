package io.idempotency.campaign.node;

import io.idempotency.core.Claim;
import io.idempotency.core.ClaimFate;
import io.idempotency.core.ClaimLostException;
import io.idempotency.core.ClaimResult;
import io.idempotency.core.IdempotencyStore;
import io.idempotency.core.Lease;
import io.idempotency.core.RequestFingerprint;
import io.idempotency.core.SerializationConflictException;
import io.idempotency.core.StoreUnavailableException;
import io.idempotency.core.StoredResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The library's store with one of the mistakes that stores make. */
final class BuggyStore extends HeldStore {

    private final SeededBug bug;
    private final boolean clockIsAhead;
    private final Supplier<TransactionTemplate> transactions;

    BuggyStore(
            IdempotencyStore store,
            SeededBug bug,
            boolean clockIsAhead,
            Supplier<JdbcTemplate> jdbc,
            Supplier<TransactionTemplate> transactions) {
        super(store, jdbc);
        this.bug = bug;
        this.clockIsAhead = clockIsAhead;
        this.transactions = transactions;
    }

    @Override
    public ClaimResult claim(Claim claim) {
        return switch (bug) {
            case CLAIM_IN_ITS_OWN_TRANSACTION -> inItsOwnTransaction(claim);
            case CONFLICT_SHOWN_TO_CLIENT -> shown(() -> super.claim(claim));
            case FAIL_OPEN -> openWhenFailed(claim);
            case REPLAY_WITHOUT_FINGERPRINT -> super.claim(sameFingerprint(claim));
            case RETENTION_BY_NODE_CLOCK -> byNodeClock(claim);
            case LEASE_TOO_SHORT -> super.claim(shortLease(claim));
            default -> super.claim(claim);
        };
    }

    private ClaimResult inItsOwnTransaction(Claim claim) {
        TransactionTemplate own = transactions.get();
        own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        return Objects.requireNonNull(own.execute(status -> super.claim(claim)));
    }

    private static <T> T shown(Supplier<T> call) {
        try {
            return call.get();
        } catch (SerializationConflictException e) {
            throw new IllegalStateException("could not serialize access", e);
        }
    }

    private ClaimResult openWhenFailed(Claim claim) {
        try {
            return super.claim(claim);
        } catch (StoreUnavailableException e) {
            BuggyTransactions.bindOtherConnection(Objects.requireNonNull(jdbc().getDataSource()));
            return new ClaimResult.Claimed();
        }
    }

    private static Claim sameFingerprint(Claim claim) {
        RequestFingerprint same = RequestFingerprint.of((byte) 1, new byte[RequestFingerprint.DIGEST_LENGTH]);
        return new Claim(claim.key(), same, claim.token(), claim.lease());
    }

    private ClaimResult byNodeClock(Claim claim) {
        if (clockIsAhead) {
            jdbc().update(
                            "DELETE FROM idempotency_record WHERE record_key = ?::uuid AND completed_at IS NOT NULL"
                                    + " AND expires_at < now() + interval '2 days'",
                            claim.key().id());
        }
        return super.claim(claim);
    }

    private static Claim shortLease(Claim claim) {
        Lease lease = claim.lease();
        Duration moment = Duration.ofMillis(1);
        return lease == null
                ? claim
                : new Claim(
                        claim.key(),
                        claim.fingerprint(),
                        claim.token(),
                        new Lease(moment, moment, lease.retention(), lease.onTakeover()));
    }

    @Override
    public void complete(Claim claim, StoredResponse response, Duration retention) {
        Course.remember(response);
        switch (bug) {
            case CONFLICT_SHOWN_TO_CLIENT ->
                shown(() -> {
                    super.complete(claim, response, retention);
                    return claim;
                });
            case REPLAY_WITHOUT_FINGERPRINT -> super.complete(sameFingerprint(claim), response, retention);
            case RECORD_NOT_STORED -> Course.completes();
            case TAKEOVER_WITHOUT_FENCING, FAIL_OPEN -> completeAnyway(claim, response, retention);
            default -> super.complete(claim, response, retention);
        }
    }

    private void completeAnyway(Claim claim, StoredResponse response, Duration retention) {
        try {
            super.complete(claim, response, retention);
        } catch (ClaimLostException | StoreUnavailableException e) {
            Course.completes();
        }
    }

    @Override
    public void hold(Claim claim) {
        if (bug != SeededBug.TAKEOVER_WITHOUT_FENCING) {
            super.hold(claim);
        }
    }

    @Override
    public ClaimFate fateOf(Claim claim) {
        return bug == SeededBug.GUESSED_OUTCOME ? ClaimFate.COMMITTED : super.fateOf(claim);
    }

    @Override
    public int renew(Collection<Claim> claims) {
        return bug == SeededBug.LEASE_TOO_SHORT ? claims.size() : super.renew(claims);
    }

    @Override
    public int purge(int limit) {
        if (bug != SeededBug.PURGE_RACE) {
            return super.purge(limit);
        }
        List<String> expired = jdbc().queryForList(
                        "SELECT record_key::text FROM idempotency_record WHERE expires_at <= now() LIMIT " + limit,
                        String.class);
        Course.reach(Failpoint.PURGE);
        expired.forEach(key -> jdbc().update("DELETE FROM idempotency_record WHERE record_key = ?::uuid", key));
        return expired.size();
    }
}
