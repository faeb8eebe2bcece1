package io.idempotency.core;

import io.idempotency.core.ExecutionOutcome.ClaimLost;
import io.idempotency.core.ExecutionOutcome.CommitRefused;
import io.idempotency.core.ExecutionOutcome.Executed;
import io.idempotency.core.ExecutionOutcome.StoreUnavailable;
import java.util.function.Function;

/** Stores an answer and commits it, in either mode. */
final class Settlement {

    private final IdempotencyStore store;
    private final CommitWitness witness;
    private final RecentCompletions recent;

    Settlement(IdempotencyStore store, CommitWitness witness, RecentCompletions recent) {
        this.store = store;
        this.witness = witness;
        this.recent = recent;
    }

    /**
     * Completes a claim in a transaction and ends it.
     *
     * @param aborted the outcome where an earlier statement of the transaction had failed, so that it was rolled back
     */
    ExecutionOutcome completeAndCommit(
            IdempotentRequest request,
            Claim claim,
            OpenTransaction transaction,
            StoredResponse response,
            Function<TransactionAbortedException, ExecutionOutcome> aborted) {
        long asked = recent.now();
        try {
            store.complete(claim, response, request.retention());
        } catch (TransactionAbortedException e) {
            transaction.rollback();
            return aborted.apply(e);
        } catch (IdempotencyStoreException e) {
            transaction.rollback();
            return refusedBecause(e);
        } catch (RuntimeException | Error e) {
            transaction.rollback();
            throw e;
        }
        ExecutionOutcome outcome = witness.commit(claim, transaction);
        if (outcome instanceof Executed) {
            recent.remember(request.key(), request.completedWith(response), asked);
        }
        return outcome;
    }

    private static ExecutionOutcome refusedBecause(IdempotencyStoreException e) {
        if (e instanceof SerializationConflictException) {
            return new CommitRefused(e, true);
        }
        return e instanceof ClaimLostException ? new ClaimLost(e) : new StoreUnavailable(e);
    }
}
