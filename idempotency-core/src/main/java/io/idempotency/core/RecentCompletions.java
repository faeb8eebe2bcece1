package io.idempotency.core;

import io.idempotency.core.ClaimResult.Completed;
import io.idempotency.core.KeyRecord.Completion;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The completed records that this process has learnt of a moment ago, so that a storm of retries of one key reaches the store once.
 *
 * <p>Thread-safe; nothing waits to find. Never the arbiter: it repeats what the store said, and is told nothing that is not
 * committed. A record is forgotten when it was learnt too long ago, when its retention may be over, or when younger ones need
 * the room.
 */
public final class RecentCompletions {

    /** One large response must not drive out all the others. */
    private static final int LARGEST_SHARE = 16;

    private final long maxSize;
    private final Duration maxAge;
    private final LongSupplier nanoTime;
    private final ConcurrentMap<RecordKey, Learnt> byKey = new ConcurrentHashMap<>();
    private final Queue<Learnt> oldestFirst = new ArrayDeque<>();
    private long size;

    /**
     * Remembers nothing yet.
     *
     * @param maxSize the most memory that is taken, in bytes, estimated from above; a response that takes more than a sixteenth of it
     *     is not remembered
     * @param maxAge the longest time for which a record is found after it was learnt
     * @param nanoTime a monotonic clock in nanoseconds, as {@link System#nanoTime}
     */
    public RecentCompletions(long maxSize, Duration maxAge, LongSupplier nanoTime) {
        this.maxSize = maxSize;
        this.maxAge = maxAge;
        this.nanoTime = nanoTime;
    }

    /**
     * Remembers nothing, ever.
     *
     * @return a memory without room
     */
    public static RecentCompletions none() {
        return new RecentCompletions(0, Duration.ZERO, System::nanoTime);
    }

    /** The time by this memory's clock, to be noted before the store is asked. */
    long now() {
        return nanoTime.getAsLong();
    }

    /**
     * Finds a record.
     *
     * @param key the key
     * @return what the store would say, if it was learnt recently enough to be certain of it; its age has grown since
     */
    @Nullable
    KeyRecord find(RecordKey key) {
        Learnt learnt = byKey.get(key);
        if (learnt == null) {
            return null;
        }
        Duration since = learnt.since(now());
        return learnt.isOver(since) ? null : learnt.record(since);
    }

    /**
     * Remembers a record that is committed.
     *
     * @param key its key
     * @param completed what the store said of it
     * @param asked the time before the store was asked: what is left of the retention can only be less than it says
     */
    void remember(RecordKey key, Completed completed, long asked) {
        Learnt learnt = new Learnt(key, completed, asked);
        if (learnt.footprint <= maxSize / LARGEST_SHARE && !learnt.isOver(learnt.since(now()))) {
            keep(learnt);
        }
    }

    /** All are learnt for the same time at most, so the oldest is the first that is of no use any more. */
    private synchronized void keep(Learnt learnt) {
        long now = now();
        Learnt oldest = oldestFirst.peek();
        while (oldest != null && (size + learnt.footprint > maxSize || oldest.isOver(oldest.since(now)))) {
            oldestFirst.remove();
            byKey.remove(oldest.key, oldest);
            size -= oldest.footprint;
            oldest = oldestFirst.peek();
        }
        oldestFirst.add(learnt);
        byKey.put(learnt.key, learnt);
        size += learnt.footprint;
    }

    /** What the store said, and when it was asked. One is another, whatever they hold. */
    private final class Learnt {

        private final RecordKey key;
        private final Completed completed;
        private final long asked;
        private final long footprint;

        Learnt(RecordKey key, Completed completed, long asked) {
            this.key = key;
            this.completed = completed;
            this.asked = asked;
            this.footprint = Footprint.of(completed.response());
        }

        Duration since(long now) {
            return Duration.ofNanos(now - asked);
        }

        boolean isOver(Duration since) {
            return since.compareTo(maxAge) >= 0 || since.compareTo(completed.remaining()) >= 0;
        }

        KeyRecord record(Duration since) {
            Duration age = completed.age().plus(since);
            Duration remaining = completed.remaining().minus(since);
            return new KeyRecord(completed.fingerprint(), new Completion(completed::response, age, remaining));
        }
    }
}
