package io.idempotency.campaign.matrix;

/** What strikes while requests are held. */
public enum Fault {

    /** Nothing breaks; requests are held for longer than leases and timeouts last. */
    NONE,

    /** SIGKILL of the node. */
    NODE_KILLED,

    /** SIGSTOP of the node, longer than leases and timeouts last, then SIGCONT. */
    NODE_STOPPED,

    /** {@code pg_terminate_backend} for every connection of the node. */
    BACKENDS_TERMINATED,

    /** Immediate shutdown of PostgreSQL, and its restart. */
    DATABASE_CRASHED,

    /** A reset of every connection of the node to the database, on both sides. */
    CONNECTIONS_CUT,

    /** Nothing passes between node and database any more, and neither is told, longer than timeouts last. */
    CONNECTIONS_SILENT,

    /** Every client hangs up. */
    CLIENTS_GONE,

    /** SIGTERM of the node, which is started again with a release that stores answers in another format. */
    NODE_UPGRADED;

    /** Whether the answer of a COMMIT that the database has made is gone with the fault. */
    boolean losesAnswers() {
        return this == BACKENDS_TERMINATED || this == DATABASE_CRASHED || this == CONNECTIONS_CUT;
    }
}
