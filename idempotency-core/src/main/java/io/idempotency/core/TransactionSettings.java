package io.idempotency.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the transaction around claim, effect and response is begun.
 *
 * @param isolation the isolation level
 * @param timeout how long it may take, or null for the transaction manager's own default
 */
public record TransactionSettings(
        Isolation isolation, @Nullable Duration timeout) {

    /** What the library's own short transactions use: every statement sees what was committed before it. */
    public static final TransactionSettings READ_COMMITTED = new TransactionSettings(Isolation.READ_COMMITTED, null);

    /** The isolation levels of PostgreSQL, weakest first, after the connection's own default. */
    public enum Isolation {
        /** Whatever the connection is configured for. */
        DEFAULT,
        /** A new snapshot for every statement. */
        READ_COMMITTED,
        /** One snapshot for the whole transaction. */
        REPEATABLE_READ,
        /** As if transactions ran one after another. */
        SERIALIZABLE
    }
}
