package io.idempotency;

import io.idempotency.core.ExecutionOutcome;
import io.idempotency.core.ExecutionOutcome.Abandoned;
import io.idempotency.core.ExecutionOutcome.ClaimLost;
import io.idempotency.core.ExecutionOutcome.CommitRefused;
import io.idempotency.core.ExecutionOutcome.InProgress;
import io.idempotency.core.ExecutionOutcome.KeyReused;
import io.idempotency.core.ExecutionOutcome.ResponseNotKept;
import io.idempotency.core.ExecutionOutcome.RolledBack;
import io.idempotency.core.ExecutionOutcome.StoreUnavailable;
import io.idempotency.core.RecordKey;
import io.idempotency.core.RequestOutcome;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Work under a key that came to no result. */
public final class IdempotentExecutionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final RequestOutcome outcome;
    private final boolean retryable;

    private IdempotentExecutionException(
            RequestOutcome outcome, boolean retryable, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.outcome = outcome;
        this.retryable = retryable;
    }

    static IdempotentExecutionException of(ExecutionOutcome outcome, String operation, RecordKey key) {
        String subject = "Operation '" + operation + "' for key " + key;
        if (outcome instanceof InProgress) {
            return of(outcome, RequestOutcome.IN_PROGRESS, true, subject + " is being executed.");
        }
        if (outcome instanceof KeyReused) {
            return of(outcome, RequestOutcome.KEY_REUSED, false, subject + " was asked for something else before.");
        }
        if (outcome instanceof Abandoned) {
            return of(
                    outcome,
                    RequestOutcome.OUTCOME_UNKNOWN,
                    false,
                    subject
                            + " ended unsettled, and it is not known what took effect. It is not executed again before key "
                            + key.id() + " is resolved.");
        }
        if (outcome instanceof ResponseNotKept) {
            return of(
                    outcome,
                    RequestOutcome.RESPONSE_NOT_KEPT,
                    false,
                    subject + " was executed, and its result was not kept.");
        }
        if (outcome instanceof RolledBack) {
            return of(
                    outcome,
                    RequestOutcome.ROLLED_BACK,
                    false,
                    subject + " returned over a transaction that was marked rollback-only, and had no effect.");
        }
        if (outcome instanceof CommitRefused refused) {
            return of(
                    outcome, RequestOutcome.COMMIT_REFUSED, refused.retryable(), subject + " could not be committed.");
        }
        if (outcome instanceof ClaimLost) {
            return of(
                    outcome, RequestOutcome.CLAIM_LOST, true, subject + " lost its claim, and its result is not kept.");
        }
        if (outcome instanceof StoreUnavailable) {
            return of(
                    outcome,
                    RequestOutcome.STORE_UNAVAILABLE,
                    true,
                    subject + " came to no result: the records cannot be read or written." + hint());
        }
        return of(
                outcome,
                RequestOutcome.OUTCOME_UNKNOWN,
                true,
                subject + " was perhaps committed; it cannot be found out now.");
    }

    /** Callers that hold a connection each and wait for a second one can use a pool up without any of them going on. */
    private static String hint() {
        return TransactionSynchronizationManager.isActualTransactionActive()
                ? " It was called inside a transaction, which keeps a connection while the work needs another one:"
                        + " call it outside of @Transactional, or give the pool more connections."
                : "";
    }

    private static IdempotentExecutionException of(
            ExecutionOutcome outcome, RequestOutcome counted, boolean retryable, String message) {
        return new IdempotentExecutionException(counted, retryable, message, outcome.cause());
    }

    /**
     * What it came to.
     *
     * @return never executed or replayed
     */
    public RequestOutcome outcome() {
        return outcome;
    }

    /**
     * Whether the same call can come to a result later.
     *
     * @return true if a message should be delivered again, false if somebody has to look
     */
    public boolean isRetryable() {
        return retryable;
    }
}
