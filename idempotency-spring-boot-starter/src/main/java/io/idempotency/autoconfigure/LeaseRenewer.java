package io.idempotency.autoconfigure;

import io.idempotency.core.HeldLeases;
import io.idempotency.core.IdempotencyStoreException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * Renews this node's leases on a thread of its own: behind the application's scheduled work they would end unnoticed.
 *
 * <p>Stops after the web server, whose last requests still need their leases.
 */
final class LeaseRenewer implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseRenewer.class);

    private final HeldLeases leases;
    private final Duration interval;
    private @Nullable ThreadPoolTaskScheduler scheduler;
    private @Nullable ScheduledFuture<?> schedule;

    LeaseRenewer(HeldLeases leases, Duration interval) {
        this.leases = leases;
        this.interval = interval;
    }

    @Override
    public synchronized void start() {
        ThreadPoolTaskScheduler created = new ThreadPoolTaskScheduler();
        created.setThreadNamePrefix("idempotency-lease-");
        created.setDaemon(true);
        created.initialize();
        schedule = created.scheduleWithFixedDelay(this::renew, interval);
        scheduler = created;
    }

    private void renew() {
        try {
            leases.renew();
        } catch (IdempotencyStoreException e) {
            LOG.warn("Renewing leases failed and is tried again after {}.", interval, e);
        }
    }

    @Override
    public synchronized void stop() {
        if (scheduler != null && schedule != null) {
            schedule.cancel(false);
            scheduler.shutdown();
            scheduler = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return scheduler != null;
    }

    @Override
    public int getPhase() {
        return 0;
    }
}
