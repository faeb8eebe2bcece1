package io.idempotency.core.contract;

import io.idempotency.core.Claim;
import io.idempotency.core.ClaimResult;
import io.idempotency.core.CommitResult;
import io.idempotency.core.IdempotencyStore;
import io.idempotency.core.OpenTransaction;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * A transaction that stays open on a thread of its own until it is told to end; closing it rolls back what is still open and ends
 * the thread.
 */
final class OtherTransaction implements AutoCloseable {

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final StoreProbe probe;
    private final OpenTransaction transaction;
    private boolean open = true;

    OtherTransaction(StoreProbe probe) {
        this.probe = probe;
        this.transaction = onThread(probe::begin);
    }

    ClaimResult claim(Claim claim) {
        return onThread(() -> probe.store().claim(claim));
    }

    int purge(int limit) {
        return onThread(() -> probe.store().purge(limit));
    }

    OtherTransaction does(Consumer<IdempotencyStore> calls) {
        onThread(() -> {
            calls.accept(probe.store());
            return true;
        });
        return this;
    }

    CommitResult commit() {
        open = false;
        return onThread(transaction::commit);
    }

    void rollback() {
        open = false;
        onThread(() -> {
            transaction.rollback();
            return true;
        });
    }

    @Override
    public void close() {
        try {
            if (open) {
                rollback();
            }
        } finally {
            thread.shutdown();
        }
    }

    private <T> T onThread(Callable<T> work) {
        return OtherThread.answer(thread, work);
    }
}
