package io.idempotency.core;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The keys that this process is deciding about or executing, so that a storm of duplicates is answered without a connection each.
 *
 * <p>Thread-safe. Never the arbiter: it only spares the store questions whose answer is known. Its size is the number of guarded
 * requests that run at the moment.
 */
final class InFlightKeys {

    private final ConcurrentMap<RecordKey, Turn> turns = new ConcurrentHashMap<>();

    /**
     * Enters a key.
     *
     * @param key the key
     * @return false if another thread entered it and has not left; true if the caller must {@linkplain #leave leave} it
     */
    boolean enter(RecordKey key) {
        return turns.putIfAbsent(key, new Turn()) == null;
    }

    /**
     * Says that the claim was granted: from here on duplicates are in progress.
     *
     * @param key a key that the caller entered
     * @param committed what the claim is for, or null as long as nobody may know because it is not committed
     */
    void executes(RecordKey key, @Nullable RequestFingerprint committed) {
        Turn turn = turns.get(key);
        if (turn != null) {
            turn.committed = committed;
            turn.executes = true;
            turn.decided.countDown();
        }
    }

    /**
     * Leaves a key, and wakes who waits for it. Called before the first byte of an answer is sent: the quickest honest retry must
     * find the key settled.
     *
     * @param key a key that the caller entered
     */
    void leave(RecordKey key) {
        Turn turn = turns.remove(key);
        if (turn != null) {
            turn.decided.countDown();
            turn.left.countDown();
        }
    }

    /**
     * Waits until it is known whether the request that entered the key executes. A retry of a completed request must not be told that
     * it is in progress just because another retry is being answered.
     *
     * @param key the key
     * @param patience the longest wait
     * @return false if the key was left without being executed, so that it is to be entered again; true if it is being executed, or
     *     could not be decided in time
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    boolean awaitExecution(RecordKey key, Duration patience) throws InterruptedException {
        Turn turn = turns.get(key);
        return turn != null && (!turn.decided.await(patience.toNanos(), TimeUnit.NANOSECONDS) || turn.executes);
    }

    /**
     * Whether a key is being executed for another request, as the store would say of a committed claim.
     *
     * @param key the key
     * @param asking what is asked for
     * @return true only if the claim is committed and contradicts what is asked for
     */
    boolean executesAnother(RecordKey key, RequestFingerprint asking) {
        Turn turn = turns.get(key);
        RequestFingerprint committed = turn == null ? null : turn.committed;
        return committed != null && asking.contradicts(committed);
    }

    /**
     * Waits until a key is left; returns at once if nobody entered it.
     *
     * @param key the key
     * @param patience the longest wait
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    void awaitLeave(RecordKey key, Duration patience) throws InterruptedException {
        Turn turn = turns.get(key);
        if (turn != null) {
            turn.left.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** One thread's time with a key. */
    private static final class Turn {

        final CountDownLatch decided = new CountDownLatch(1);
        final CountDownLatch left = new CountDownLatch(1);
        volatile boolean executes;
        volatile @Nullable RequestFingerprint committed;
    }
}
