package io.idempotency.autoconfigure;

import io.idempotency.autoconfigure.IdempotencyProperties.Purge;
import io.idempotency.core.CommitResult.Failed;
import io.idempotency.core.IdempotencyListener;
import io.idempotency.core.IdempotencyStore;
import io.idempotency.core.IdempotencyStoreException;
import io.idempotency.core.OpenTransaction;
import io.idempotency.core.StoreUnavailableException;
import io.idempotency.core.TransactionBoundary;
import io.idempotency.core.TransactionSettings;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.TaskScheduler;

/** Deletes, on Spring's scheduler, the records whose retention is over, a small transaction at a time. */
final class RecordPurger implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(RecordPurger.class);

    private final IdempotencyStore store;
    private final TransactionBoundary transactions;
    private final IdempotencyListener listener;
    private final Purge settings;
    private final Supplier<TaskScheduler> scheduler;
    private volatile @Nullable ScheduledFuture<?> schedule;

    RecordPurger(
            IdempotencyStore store,
            TransactionBoundary transactions,
            IdempotencyListener listener,
            Purge settings,
            Supplier<TaskScheduler> scheduler) {
        this.store = store;
        this.transactions = transactions;
        this.listener = listener;
        this.settings = settings;
        this.scheduler = scheduler;
    }

    @Override
    public void start() {
        schedule = scheduler.get().scheduleWithFixedDelay(this::purge, settings.interval());
    }

    @Override
    public void stop() {
        ScheduledFuture<?> running = schedule;
        schedule = null;
        if (running != null) {
            running.cancel(false);
        }
    }

    @Override
    public boolean isRunning() {
        return schedule != null;
    }

    void purge() {
        try {
            int purged;
            do {
                purged = purgeBatch();
                listener.recordsPurged(purged);
            } while (purged == settings.batchSize() && isRunning());
        } catch (IdempotencyStoreException e) {
            LOG.warn("Purging idempotency records failed and is tried again after {}.", settings.interval(), e);
        }
    }

    private int purgeBatch() {
        OpenTransaction transaction = transactions.begin(TransactionSettings.READ_COMMITTED);
        boolean done = false;
        try {
            int purged = store.purge(settings.batchSize());
            done = true;
            if (transaction.commit() instanceof Failed failed) {
                throw new StoreUnavailableException("A batch of deletions could not be committed.", failed.cause());
            }
            return purged;
        } finally {
            if (!done) {
                transaction.rollback();
            }
        }
    }
}
