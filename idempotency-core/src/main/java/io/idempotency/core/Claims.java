package io.idempotency.core;

import io.idempotency.core.ClaimResult.Claimed;
import io.idempotency.core.ClaimResult.Completed;
import io.idempotency.core.CommitResult.Failed;
import io.idempotency.core.Decision.Granted;
import io.idempotency.core.Decision.Settled;
import io.idempotency.core.ExecutionOutcome.ClaimLost;
import io.idempotency.core.ExecutionOutcome.InProgress;
import io.idempotency.core.ExecutionOutcome.Replayed;
import io.idempotency.core.ExecutionOutcome.ResponseNotKept;
import io.idempotency.core.ExecutionOutcome.StoreUnavailable;

/** Asks the store for claims, in transactions that stay open under a granted claim without a lease and under nothing else. */
final class Claims {

    /** How often a decision is taken again that a concurrent transaction made impossible. */
    static final int DECISION_ATTEMPTS = 8;

    private final IdempotencyStore store;
    private final TransactionBoundary transactions;
    private final RecentCompletions recent;
    private final HeldLeases leases;

    Claims(IdempotencyStore store, TransactionBoundary transactions, RecentCompletions recent, HeldLeases leases) {
        this.store = store;
        this.transactions = transactions;
        this.recent = recent;
        this.leases = leases;
    }

    Decision decide(IdempotentRequest request) {
        for (int attempt = 0; attempt < DECISION_ATTEMPTS; attempt++) {
            try {
                return claim(request);
            } catch (SerializationConflictException conflict) {
                // Whoever won the race has committed or rolled back: a new transaction sees what came of it.
            } catch (IdempotencyStoreException e) {
                return new Settled(new StoreUnavailable(e));
            }
        }
        return new Settled(new InProgress());
    }

    private Decision claim(IdempotentRequest request) {
        Claim claim = request.newClaim();
        OpenTransaction transaction =
                transactions.begin(claim.lease() == null ? request.transaction() : TransactionSettings.READ_COMMITTED);
        boolean granted = false;
        try {
            long asked = recent.now();
            long begun = leases.now();
            ClaimResult result = store.claim(claim);
            if (result instanceof Claimed claimed) {
                granted = true;
                return claim.lease() == null
                        ? new Granted(claim, claimed.attempt(), transaction)
                        : committed(claim, claimed.attempt(), transaction, begun);
            }
            if (result instanceof Completed completed) {
                recent.remember(request.key(), completed, asked);
            }
            return new Settled(answerTo(result));
        } finally {
            if (!granted) {
                transaction.rollback();
            }
        }
    }

    /** The handler starts neither where the commit failed, which may have arrived all the same, nor behind the end of its lease. */
    private Decision committed(Claim claim, Attempt attempt, OpenTransaction transaction, long begun) {
        if (transaction.commit() instanceof Failed failed) {
            release(claim);
            return new Settled(new StoreUnavailable(failed.cause()));
        }
        if (!leases.add(claim, begun)) {
            release(claim);
            return new Settled(new ClaimLost(new ClaimLostException("The lease of the claim on key " + claim.key()
                    + " ended before the claim was known to be committed. The handler did not run.")));
        }
        return new Granted(claim, attempt, null);
    }

    /** Gives a leased claim up, in a transaction of its own. */
    void release(Claim claim) {
        try {
            transactions.inShortTransaction(() -> {
                store.release(claim);
                return true;
            });
        } catch (IdempotencyStoreException e) {
            // The lease ends by itself.
        }
    }

    static ExecutionOutcome answerTo(ClaimResult refusal) {
        if (refusal instanceof Completed completed) {
            return completed.response().content() instanceof ResponseContent.NotKept
                    ? new ResponseNotKept()
                    : new Replayed(completed.response(), completed.age());
        }
        if (refusal instanceof ClaimResult.Abandoned) {
            return new ExecutionOutcome.Abandoned();
        }
        return refusal instanceof ClaimResult.KeyReused ? new ExecutionOutcome.KeyReused() : new InProgress();
    }
}
