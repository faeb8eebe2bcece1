package io.idempotency.core;

import io.idempotency.core.Decision.Granted;
import io.idempotency.core.ExecutionOutcome.Released;
import io.idempotency.core.ExecutionOutcome.RolledBack;
import io.idempotency.core.ExecutionOutcome.StoreUnavailable;

/** Claim, effect and response commit in one transaction, or none of them does. */
final class TransactionalMode {

    private final Claims claims;
    private final Settlement settlement;

    TransactionalMode(Claims claims, Settlement settlement) {
        this.claims = claims;
        this.settlement = settlement;
    }

    ExecutionOutcome run(IdempotentRequest request, Granted granted, IdempotentHandler handler) throws Exception {
        OpenTransaction transaction = granted.requireTransaction();
        StoredResponse response;
        boolean kept;
        boolean rollbackOnly;
        boolean answered = false;
        try {
            response = answerOf(handler, new TransactionalExecution(request.key(), transaction));
            kept = request.keeps(response);
            rollbackOnly = transaction.isRollbackOnly();
            answered = true;
        } finally {
            if (!answered) {
                transaction.rollback();
            }
        }
        if (!kept) {
            transaction.rollback();
            return new Released();
        }
        if (rollbackOnly) {
            transaction.rollback();
            return keepWithoutEffect(request, response);
        }
        return settlement.completeAndCommit(
                request, granted.claim(), transaction, response, aborted -> keepWithoutEffect(request, response));
    }

    private static StoredResponse answerOf(IdempotentHandler handler, Execution execution) throws Exception {
        StoredResponse response = handler.handle(execution);
        if (response == null) {
            throw new IllegalStateException(
                    "A handler that runs in one transaction on one thread cannot answer later: leased mode can.");
        }
        return response;
    }

    /**
     * The effect had to be rolled back. An error answer stays true without it and is kept, in a transaction of its own; a success
     * does not. Another node may have taken the key in between: then its answer is the first one.
     */
    private ExecutionOutcome keepWithoutEffect(IdempotentRequest request, StoredResponse response) {
        if (!response.isError()) {
            return new RolledBack();
        }
        IdempotentRequest record = request.inTransaction(TransactionSettings.READ_COMMITTED);
        Decision decision = claims.decide(record);
        return decision instanceof Granted granted
                ? settlement.completeAndCommit(
                        record, granted.claim(), granted.requireTransaction(), response, StoreUnavailable::new)
                : decision.outcome();
    }
}
