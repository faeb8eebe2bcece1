package io.idempotency.core;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long a duplicate waits for the first request, measured on a clock that only ever goes forward.
 *
 * <p>Immutable and thread-safe.
 *
 * @param limit the longest wait; zero for none
 * @param nanoTime a monotonic clock in nanoseconds, as {@link System#nanoTime}
 * @param pause passes the time until another node is asked again
 */
public record Waiting(Duration limit, LongSupplier nanoTime, Pause pause) {

    /** How often a key that another node executes is asked for, while a duplicate waits. */
    static final Duration POLL_INTERVAL = Duration.ofMillis(50);

    /** Lets time pass. */
    @FunctionalInterface
    public interface Pause {

        /**
         * Returns after the time has passed.
         *
         * @param duration how long
         * @throws InterruptedException if the thread is interrupted meanwhile
         */
        void pause(Duration duration) throws InterruptedException;
    }

    /**
     * Waits on the system's clock.
     *
     * @param limit the longest wait; zero for none
     * @return the waiting
     */
    public static Waiting atMost(Duration limit) {
        return new Waiting(limit, System::nanoTime, duration -> Thread.sleep(duration.toMillis()));
    }

    long deadline() {
        return nanoTime.getAsLong() + limit.toNanos();
    }

    Duration remaining(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - nanoTime.getAsLong()));
    }
}
