package io.idempotency.core;

import io.idempotency.core.CommitResult.Failed;
import io.idempotency.core.ExecutionOutcome.CommitRefused;
import io.idempotency.core.ExecutionOutcome.Executed;
import io.idempotency.core.ExecutionOutcome.OutcomeUnknown;
import java.time.Duration;

/** Commits; where that raises an error, it may have arrived all the same, and the record is the witness. */
final class CommitWitness {

    private static final int ATTEMPTS = 5;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final IdempotencyStore store;
    private final TransactionBoundary transactions;
    private final Waiting waiting;

    CommitWitness(IdempotencyStore store, TransactionBoundary transactions, Waiting waiting) {
        this.store = store;
        this.transactions = transactions;
        this.waiting = waiting;
    }

    ExecutionOutcome commit(Claim claim, OpenTransaction transaction) {
        return transaction.commit() instanceof Failed failed ? outcomeOf(claim, failed) : new Executed();
    }

    private ExecutionOutcome outcomeOf(Claim claim, Failed commit) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            ClaimFate fate;
            try {
                fate = fateOf(claim);
            } catch (IdempotencyStoreException e) {
                commit.cause().addSuppressed(e);
                return new OutcomeUnknown(commit.cause());
            }
            if (fate != ClaimFate.UNDECIDED) {
                return fate == ClaimFate.COMMITTED
                        ? new Executed()
                        : new CommitRefused(commit.cause(), commit.retryable());
            }
            try {
                waiting.pause().pause(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        return new OutcomeUnknown(commit.cause());
    }

    private ClaimFate fateOf(Claim claim) {
        OpenTransaction transaction = transactions.begin(TransactionSettings.READ_COMMITTED);
        try {
            return store.fateOf(claim);
        } finally {
            transaction.rollback();
        }
    }
}
