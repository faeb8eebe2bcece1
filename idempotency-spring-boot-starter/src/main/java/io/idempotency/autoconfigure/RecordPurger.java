package io.idempotency.autoconfigure;

import io.idempotency.autoconfigure.IdempotencyProperties.Purge;
import io.idempotency.core.IdempotencyListener;
import io.idempotency.core.IdempotencyStore;
import io.idempotency.core.IdempotencyStoreException;
import io.idempotency.core.TransactionBoundary;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * Deletes, on Spring's scheduler, the records whose retention is over, a small transaction at a time.
 *
 * <p>As long as there is more to delete it rests for {@value #REST} times as long as the last batch took, so that a large
 * backlog costs requests no more than a part of the database.
 */
final class RecordPurger implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(RecordPurger.class);

    private static final int REST = 3;

    private final IdempotencyStore store;
    private final TransactionBoundary transactions;
    private final IdempotencyListener listener;
    private final Purge settings;
    private final Supplier<@Nullable TaskScheduler> shared;
    private @Nullable TaskScheduler scheduler;
    private @Nullable ScheduledFuture<?> next;
    private @Nullable ThreadPoolTaskScheduler own;

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
    public synchronized void start() {
        TaskScheduler found = shared.get();
        scheduler = found == null ? ownScheduler() : found;
        // What is over can wait; the start of an application cannot.
        scheduleNext(settings.interval());
    }

    /** Where the application schedules nothing, Spring has no scheduler to share. */
    private TaskScheduler ownScheduler() {
        ThreadPoolTaskScheduler created = new ThreadPoolTaskScheduler();
        created.setThreadNamePrefix("idempotency-purge-");
        created.setDaemon(true);
        created.initialize();
        own = created;
        return created;
    }

    @Override
    public synchronized void stop() {
        scheduler = null;
        if (next != null) {
            next.cancel(false);
        }
        if (own != null) {
            own.shutdown();
            own = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return scheduler != null;
    }

    private synchronized void scheduleNext(Duration delay) {
        if (scheduler != null) {
            next = scheduler.schedule(
                    this::purge, scheduler.getClock().instant().plus(delay));
        }
    }

    private void purge() {
        Duration rest = settings.interval();
        try {
            long begun = System.nanoTime();
            int purged = transactions.inShortTransaction(() -> store.purge(settings.batchSize()));
            listener.recordsPurged(purged);
            if (purged == settings.batchSize()) {
                rest = Duration.ofNanos((System.nanoTime() - begun) * REST);
            }
        } catch (IdempotencyStoreException e) {
            LOG.warn("Purging idempotency records failed and is tried again after {}.", settings.interval(), e);
        } finally {
            scheduleNext(rest);
        }
    }
}
