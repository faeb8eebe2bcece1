package io.idempotency.core;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The keys that this process is executing, so that a storm of duplicates is answered without a connection each.
 *
 * <p>Thread-safe. Never the arbiter: it only spares the store questions whose answer is known. Its size is the number of guarded
 * requests that run at the moment.
 */
public final class InFlightKeys {

    private final ConcurrentMap<RecordKey, CountDownLatch> running = new ConcurrentHashMap<>();

    /**
     * Enters a key.
     *
     * @param key the key
     * @return false if it is running already; true if the caller must {@linkplain #leave leave} it
     */
    boolean enter(RecordKey key) {
        return running.putIfAbsent(key, new CountDownLatch(1)) == null;
    }

    /**
     * Leaves a key, and wakes who waits for it. Called before the first byte of an answer is sent: the quickest honest retry must
     * find the key settled.
     *
     * @param key a key that the caller entered
     */
    void leave(RecordKey key) {
        CountDownLatch latch = running.remove(key);
        if (latch != null) {
            latch.countDown();
        }
    }

    /**
     * Waits until a key is left; returns at once if it is not running.
     *
     * @param key the key
     * @param patience the longest wait
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    void awaitLeave(RecordKey key, Duration patience) throws InterruptedException {
        CountDownLatch latch = running.get(key);
        if (latch != null) {
            latch.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        }
    }
}
