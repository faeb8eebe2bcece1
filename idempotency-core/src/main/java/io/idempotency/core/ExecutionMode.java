package io.idempotency.core;

/** How a claim on a key is held while its handler runs. */
public enum ExecutionMode {

    /** By a transaction: claim, effect and response commit together, or none of them does. */
    TRANSACTIONAL,

    /** By a lease that is committed before the handler starts, for handlers that cannot live inside one transaction. */
    LEASED
}
