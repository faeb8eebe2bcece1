package io.idempotency.core;

import io.idempotency.core.Decision.Granted;
import io.idempotency.core.ExecutionOutcome.ClaimLost;
import io.idempotency.core.ExecutionOutcome.CommitRefused;
import io.idempotency.core.ExecutionOutcome.Deferred;
import io.idempotency.core.ExecutionOutcome.Executed;
import io.idempotency.core.ExecutionOutcome.OutcomeUnknown;
import io.idempotency.core.ExecutionOutcome.Released;
import io.idempotency.core.ExecutionOutcome.RolledBack;
import io.idempotency.core.ExecutionOutcome.StoreUnavailable;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The claim is committed before the handler starts, renewed while it runs, and completed by whoever can still prove it. */
final class LeasedMode {

    /** What took effect cannot be taken back, so the answer is worth more than one try. */
    private static final int COMPLETION_ATTEMPTS = 3;

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final IdempotencyStore store;
    private final TransactionBoundary transactions;
    private final Claims claims;
    private final Settlement settlement;
    private final HeldLeases leases;
    private final Waiting.Pause pause;

    LeasedMode(
            IdempotencyStore store,
            TransactionBoundary transactions,
            Claims claims,
            Settlement settlement,
            HeldLeases leases,
            Waiting.Pause pause) {
        this.store = store;
        this.transactions = transactions;
        this.claims = claims;
        this.settlement = settlement;
        this.leases = leases;
        this.pause = pause;
    }

    ExecutionOutcome run(IdempotentRequest request, Granted granted, IdempotentHandler handler, Runnable whenOver)
            throws Exception {
        LeasedExecution execution =
                new LeasedExecution(store, transactions, request, granted.claim(), granted.attempt());
        StoredResponse response;
        try {
            response = handler.handle(execution);
        } catch (Exception | Error e) {
            giveUp(execution);
            ExecutionOutcome outcome = execution.outcomeOf(e);
            if (outcome == null) {
                throw e;
            }
            return outcome;
        }
        if (response == null) {
            execution.leaveThread();
            return new Deferred(new DeferredExecution(this, execution, whenOver));
        }
        return settle(execution, response);
    }

    ExecutionOutcome settle(LeasedExecution execution, StoredResponse response) {
        ExecutionOutcome early;
        try {
            early = withoutCompletion(execution, response);
        } catch (RuntimeException | Error e) {
            giveUp(execution);
            throw e;
        }
        if (early != null) {
            giveUp(execution);
            return early;
        }
        OpenTransaction last = execution.takeTransaction();
        if (last != null && last.isRollbackOnly()) {
            last.rollback();
            last = null;
        }
        try {
            return last == null ? completeAlone(execution, response) : completeWith(last, execution, response);
        } finally {
            leases.remove(execution.claim());
        }
    }

    /** What the answer comes to if it is not to be stored, or null if it is. */
    private static @Nullable ExecutionOutcome withoutCompletion(LeasedExecution execution, StoredResponse response) {
        if (execution.loss() != null) {
            return new ClaimLost(execution.loss());
        }
        if (execution.doubt() != null) {
            return new OutcomeUnknown(execution.doubt());
        }
        if (!execution.request().keeps(response)) {
            return new Released();
        }
        if (execution.setback() != null && !response.isError()) {
            // Somebody caught what the store raised, perhaps a framework that took it for something else.
            return new OutcomeUnknown(execution.setback());
        }
        boolean undone = execution.isCutOff()
                || execution
                        .transaction()
                        .filter(OpenTransaction::isRollbackOnly)
                        .isPresent();
        return undone && !response.isError() ? new RolledBack() : null;
    }

    /** The answer commits with the handler's last transaction, or that is rolled back. */
    private ExecutionOutcome completeWith(OpenTransaction last, LeasedExecution execution, StoredResponse response) {
        ExecutionOutcome outcome = settlement.completeAndCommit(
                execution.request(),
                execution.claim(),
                last,
                response,
                aborted -> response.isError() ? completeAlone(execution, response) : new StoreUnavailable(aborted));
        if (outcome instanceof CommitRefused || outcome instanceof StoreUnavailable) {
            claims.release(execution.claim());
        }
        return outcome;
    }

    /** The handler's effects are there already; only the answer is missing. */
    private ExecutionOutcome completeAlone(LeasedExecution execution, StoredResponse response) {
        for (int attempt = 1; ; attempt++) {
            ExecutionOutcome outcome = tryToComplete(execution, response);
            if (outcome instanceof Executed || outcome instanceof ClaimLost || outcome instanceof OutcomeUnknown) {
                // Where nobody knows whether the answer is stored, another try could only find that it is, and not by
                // whom.
                return outcome;
            }
            if (attempt == COMPLETION_ATTEMPTS || !paused()) {
                return new OutcomeUnknown(Objects.requireNonNull(outcome.cause(), "whatever failed says why"));
            }
        }
    }

    private boolean paused() {
        try {
            pause.pause(PAUSE);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private ExecutionOutcome tryToComplete(LeasedExecution execution, StoredResponse response) {
        try {
            return settlement.completeAndCommit(
                    execution.request(),
                    execution.claim(),
                    transactions.begin(TransactionSettings.READ_COMMITTED),
                    response,
                    StoreUnavailable::new);
        } catch (StoreUnavailableException e) {
            return new StoreUnavailable(e);
        }
    }

    void giveUp(LeasedExecution execution) {
        execution.rollback();
        leases.remove(execution.claim());
        claims.release(execution.claim());
    }

    void abandon(LeasedExecution execution) {
        leases.remove(execution.claim());
    }
}
