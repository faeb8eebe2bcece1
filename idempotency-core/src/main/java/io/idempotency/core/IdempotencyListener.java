package io.idempotency.core;

import java.time.Duration;

/** Hears what happens; must be thread-safe and must not throw. Never told a key, a body or a principal. */
public interface IdempotencyListener {

    /** Hears nothing. */
    IdempotencyListener NONE = new IdempotencyListener() {};

    /**
     * A request to a guarded endpoint was decided.
     *
     * @param outcome what it came to
     * @param endpoint the endpoint's route template, from a fixed set, or {@code none} for work without HTTP
     */
    default void requestDecided(RequestOutcome outcome, String endpoint) {}

    /**
     * A stored response is about to be replayed.
     *
     * @param age the time since the first answer
     */
    default void responseReplayed(Duration age) {}

    /**
     * Records whose retention was over were deleted.
     *
     * @param count how many; not negative
     */
    default void recordsPurged(int count) {}
}
