package io.idempotency.benchmarks;

import org.jspecify.annotations.Nullable;

/** What came back for one request; anything else ends the run. */
enum Answer {
    EXECUTED,
    REPLAYED,
    IN_PROGRESS,
    PLAIN;

    static @Nullable Answer of(int status, boolean marked) {
        return switch (status) {
            case 200 -> PLAIN;
            case 201 -> marked ? REPLAYED : EXECUTED;
            case 409 -> IN_PROGRESS;
            default -> null;
        };
    }
}
