package io.idempotency.campaign.cluster;

import io.idempotency.campaign.proxy.CommitFault;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** How long the campaign waits for what has to happen, before it calls it a failure. */
public final class Bounds {

    /** For a process to start or to end, and for a request to be held. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Longer than the nodes' leases, and than they wait for a connection or an answer on one. */
    public static final Duration LONGER_THAN_LEASES = Duration.ofSeconds(NodeSettings.LEASE_SECONDS + 1L);

    /** As long as this a lease holds that was renewed a while ago. */
    static final Duration LEASES_HOLD =
            Duration.ofSeconds(NodeSettings.LEASE_SECONDS).dividedBy(2);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    private Bounds() {}

    /** Waits until something is so. */
    public static void await(Supplier<String> what, BooleanSupplier condition) {
        if (!holdsWithin(PATIENCE, condition)) {
            throw new IllegalStateException(
                    "Within " + PATIENCE.toSeconds() + " s it did not happen that " + what.get());
        }
    }

    /** Waits until something is so, or until the time is over; whether it is. */
    public static boolean holdsWithin(Duration time, BooleanSupplier condition) {
        long deadline = System.nanoTime() + time.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            pause(LOOK_AGAIN);
        }
        return true;
    }

    /** Waits until a commit has met its fault, or until the time is over; whether it has. */
    public static boolean reached(CommitFault fault, Duration time) {
        try {
            return fault.awaitReached(time);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Lets time pass. */
    public static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** What a thread ends with that is told to stop. */
    public static IllegalStateException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("The campaign was interrupted.", cause);
    }
}
