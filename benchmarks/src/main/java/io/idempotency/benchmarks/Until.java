package io.idempotency.benchmarks;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** When a run ends; shared by its threads. */
interface Until {

    /** Whether another request is to be made. */
    boolean more();

    static Until after(Duration duration) {
        long deadline = System.nanoTime() + duration.toNanos();
        return () -> System.nanoTime() < deadline;
    }

    static Until requests(long count) {
        AtomicLong left = new AtomicLong(count);
        return () -> left.getAndDecrement() > 0;
    }
}
