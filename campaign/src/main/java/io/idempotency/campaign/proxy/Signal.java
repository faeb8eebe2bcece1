package io.idempotency.campaign.proxy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Something that happens once and can be waited for. Thread-safe. */
final class Signal {

    /** Far beyond any run that still makes sense. */
    private static final Duration LONGEST = Duration.ofHours(6);

    private final CountDownLatch latch = new CountDownLatch(1);

    void give() {
        latch.countDown();
    }

    boolean isGiven() {
        return latch.getCount() == 0;
    }

    /** Waits no longer than the time given. */
    boolean await(Duration time) throws InterruptedException {
        return latch.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Waits; an interrupt ends the wait and stays set. */
    void await() {
        try {
            boolean unused = await(LONGEST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
