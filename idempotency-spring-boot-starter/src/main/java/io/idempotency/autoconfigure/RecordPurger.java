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
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** Deletes, on Spring's scheduler, the records whose retention is over, a small transaction at a time. */
final class RecordPurger implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(RecordPurger.class);

    private final IdempotencyStore store;
    private final TransactionBoundary transactions;
    private final IdempotencyListener listener;
    private final Purge settings;
    private final Supplier<@Nullable TaskScheduler> shared;
    private volatile @Nullable ScheduledFuture<?> schedule;
    private volatile @Nullable ThreadPoolTaskScheduler own;

    RecordPurger(
            IdempotencyStore store,
            TransactionBoundary transactions,
            IdempotencyListener listener,
            Purge settings,
            Supplier<@Nullable TaskScheduler> shared) {
        this.store = store;
        this.transactions = transactions;
        this.listener = listener;
        this.settings = settings;
        this.shared = shared;
    }

    @Override
    public void start() {
        TaskScheduler scheduler = shared.get();
        schedule = (scheduler == null ? ownScheduler() : scheduler)
                .scheduleWithFixedDelay(this::purge, settings.interval());
    }

    /** Where the application schedules nothing, Spring has no scheduler to share. */
    private TaskScheduler ownScheduler() {
        ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
        scheduler.setThreadNamePrefix("idempotency-purge-");
        scheduler.setDaemon(true);
        scheduler.initialize();
        own = scheduler;
        return scheduler;
    }

    @Override
    public void stop() {
        ScheduledFuture<?> running = schedule;
        schedule = null;
        if (running != null) {
            running.cancel(false);
        }
        ThreadPoolTaskScheduler mine = own;
        own = null;
        if (mine != null) {
            mine.shutdown();
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
