package io.idempotency.core;

import io.idempotency.core.CommitResult.Failed;
import io.idempotency.core.ExecutionOutcome.ClaimLost;
import io.idempotency.core.ExecutionOutcome.OutcomeUnknown;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An attempt under a lease. Steps may be run by any thread, one after another; the last transaction belongs to the handler's own. */
final class LeasedExecution implements Execution {

    private final IdempotencyStore store;
    private final TransactionBoundary transactions;
    private final IdempotentRequest request;
    private final Claim claim;
    private final Attempt attempt;
    private volatile @Nullable Thread handlersOwn = Thread.currentThread();
    private final ReentrantLock oneStepAtATime = new ReentrantLock();
    private Steps steps;
    private volatile @Nullable OpenTransaction last;
    private volatile @Nullable ClaimLostException loss;
    private volatile @Nullable StoreUnavailableException doubt;
    private volatile @Nullable IdempotencyStoreException setback;
    private volatile boolean cutOff;

    LeasedExecution(
            IdempotencyStore store,
            TransactionBoundary transactions,
            IdempotentRequest request,
            Claim claim,
            Attempt attempt) {
        this.store = store;
        this.transactions = transactions;
        this.request = request;
        this.claim = claim;
        this.attempt = attempt;
        this.steps = attempt.steps();
    }

    IdempotentRequest request() {
        return request;
    }

    Claim claim() {
        return claim;
    }

    @Override
    public RecordKey key() {
        return request.key();
    }

    @Override
    public Attempt attempt() {
        return attempt;
    }

    @Override
    public Optional<OpenTransaction> transaction() {
        return Optional.ofNullable(last);
    }

    @Override
    public byte[] step(String name, Supplier<byte[]> work) {
        requireNoDoubt();
        requireOutsideOfSteps();
        oneStepAtATime.lock();
        try {
            Optional<byte[]> recorded = steps.find(name);
            return recorded.isPresent() ? recorded.get() : run(name, work);
        } finally {
            oneStepAtATime.unlock();
        }
    }

    private byte[] run(String name, Supplier<byte[]> work) {
        if (last != null) {
            // What belongs to the last transaction is recorded by its commit.
            requireHandlersOwnThread();
            return work.get();
        }
        OpenTransaction transaction = beginHolding();
        boolean done = false;
        byte[] result;
        Steps all;
        try {
            result = work.get();
            if (!transaction.isRollbackOnly()) {
                // A violated constraint is the step's own exception, not a commit that failed.
                transaction.flush();
            }
            Steps more = steps.with(name, result);
            proved(() -> store.recordSteps(claim, more));
            all = more;
            done = true;
        } finally {
            if (!done) {
                transaction.rollback();
            }
        }
        if (transaction.commit() instanceof Failed failed) {
            StoreUnavailableException unknown = new StoreUnavailableException(
                    "Step '" + name + "' of key " + key() + " could not be committed.", failed.cause());
            doubt = unknown;
            setback = unknown;
            throw unknown;
        }
        steps = all;
        setback = null;
        return result;
    }

    @Override
    public <T> T completeInTransaction(Supplier<T> work) {
        requireHandlersOwnThread();
        requireNoDoubt();
        requireOutsideOfSteps();
        if (last != null) {
            return work.get();
        }
        OpenTransaction transaction = beginHolding();
        last = transaction;
        boolean done = false;
        try {
            T result = work.get();
            done = true;
            return result;
        } finally {
            if (!done) {
                transaction.setRollbackOnly();
            }
        }
    }

    private void requireHandlersOwnThread() {
        if (Thread.currentThread() != handlersOwn) {
            throw new IllegalStateException(
                    "Only the thread that the handler was called on can run the last transaction,"
                            + " which the same thread commits. On another thread record the work as a step.");
        }
    }

    /** Why it is not known what this attempt has recorded, so that only another one can go on; null as long as it is known. */
    @Nullable
    StoreUnavailableException doubt() {
        return doubt;
    }

    private void requireNoDoubt() {
        StoreUnavailableException unknown = doubt;
        if (unknown != null) {
            throw unknown;
        }
    }

    /** A second transaction would wait for the first one, which holds the record. */
    private void requireOutsideOfSteps() {
        if (oneStepAtATime.isHeldByCurrentThread()) {
            throw new IllegalStateException(
                    "A step is one transaction: nothing else can begin inside it. Run one step after the other.");
        }
    }

    /** Notes a loss, of which the handler's own answer may say nothing, and whatever else is no failure of the handler. */
    private void proved(Runnable write) {
        try {
            write.run();
        } catch (ClaimLostException e) {
            loss = e;
            throw e;
        } catch (StoreUnavailableException | SerializationConflictException e) {
            setback = e;
            throw e;
        }
    }

    /** What the store raised last, if nothing has succeeded since then. */
    @Nullable
    IdempotencyStoreException setback() {
        return setback;
    }

    /** What the handler's failure comes to if it is the store's and none of its own, else null; how far the handler came is not said. */
    @Nullable
    ExecutionOutcome outcomeOf(Throwable failure) {
        ClaimLostException lost = loss;
        if (lost != null) {
            return new ClaimLost(lost);
        }
        IdempotencyStoreException raised = setback;
        return raised != null && isCausedBy(failure, raised) ? new OutcomeUnknown(raised) : null;
    }

    /** Frameworks wrap what a handler throws. */
    private static boolean isCausedBy(Throwable failure, IdempotencyStoreException raised) {
        Throwable cause = failure;
        while (cause != null && cause != raised) {
            cause = cause.getCause();
        }
        return cause != null;
    }

    /** What the store said when it refused a write of this attempt, or null as long as it did not. */
    @Nullable
    ClaimLostException loss() {
        return loss;
    }

    /** The answer comes on another thread, which cannot end a transaction of this one: there is none any more, and there will be none. */
    void leaveThread() {
        handlersOwn = null;
        cutOff = last != null;
        rollback();
    }

    /** Whether the last transaction was rolled back because its thread went before the answer came. */
    boolean isCutOff() {
        return cutOff;
    }

    /** Ends whatever transaction was left open without its effect. */
    void rollback() {
        OpenTransaction open = takeTransaction();
        if (open != null) {
            open.rollback();
        }
    }

    /** Hands the last transaction over to whoever ends it. */
    @Nullable
    OpenTransaction takeTransaction() {
        OpenTransaction open = last;
        last = null;
        return open;
    }

    /** A transaction whose snapshot may be older than the hold is begun again, before anything was done in it. */
    private OpenTransaction beginHolding() {
        for (int again = 1; ; again++) {
            OpenTransaction transaction = begin();
            boolean held = false;
            try {
                proved(() -> store.hold(claim));
                held = true;
                setback = null;
                return transaction;
            } catch (SerializationConflictException e) {
                if (again == Claims.DECISION_ATTEMPTS) {
                    throw e;
                }
            } finally {
                if (!held) {
                    transaction.rollback();
                }
            }
        }
    }

    private OpenTransaction begin() {
        try {
            return transactions.begin(request.transaction());
        } catch (StoreUnavailableException e) {
            setback = e;
            throw e;
        }
    }
}
