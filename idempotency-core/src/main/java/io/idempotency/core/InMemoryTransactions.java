package io.idempotency.core;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of an {@link InMemoryIdempotencyStore}: they undo what was written to the store, and nothing else.
 *
 * <p>Thread-safe; a transaction belongs to the thread that began it. What a handler did elsewhere is not undone by a rollback.
 */
public final class InMemoryTransactions implements TransactionBoundary {

    // Not static: two stores in one process must not share their transactions.
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<Transaction> current = new ThreadLocal<>();

    @Override
    public OpenTransaction begin(TransactionSettings settings) {
        if (current.get() != null) {
            throw new IllegalStateException("This thread has a transaction already; end it before you begin another.");
        }
        Transaction transaction = new Transaction();
        current.set(transaction);
        return transaction;
    }

    @Nullable
    Transaction current() {
        return current.get();
    }

    final class Transaction implements OpenTransaction {

        private final Deque<Runnable> onCommit = new ArrayDeque<>();
        private final Deque<Runnable> onRollback = new ArrayDeque<>();
        private boolean rollbackOnly;

        void atEnd(Runnable commit, Runnable rollback) {
            onCommit.addLast(commit);
            onRollback.addFirst(rollback);
        }

        @Override
        public boolean isRollbackOnly() {
            return rollbackOnly;
        }

        @Override
        public void setRollbackOnly() {
            rollbackOnly = true;
        }

        @Override
        public void flush() {}

        @Override
        public CommitResult commit() {
            if (rollbackOnly) {
                rollback();
                return new CommitResult.Failed(
                        new IllegalStateException("The transaction was marked so that it can only be rolled back."),
                        false);
            }
            end(onCommit);
            return new CommitResult.Committed();
        }

        @Override
        public void rollback() {
            end(onRollback);
        }

        private void end(Deque<Runnable> actions) {
            current.remove();
            actions.forEach(Runnable::run);
        }
    }
}
