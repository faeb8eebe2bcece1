package io.idempotency.campaign.node;

/** A mistake that is made on purpose, in the wiring around the library: a campaign that misses one sees less than it seems. */
public enum SeededBug {

    /** The claim commits before the business begins. */
    CLAIM_IN_ITS_OWN_TRANSACTION,

    /** The client hears of the payment before the database does. */
    ANSWER_BEFORE_COMMIT,

    /** All principals share their keys. */
    PRINCIPAL_LEFT_OUT,

    /** A serialization failure in the store becomes the client's error. */
    CONFLICT_SHOWN_TO_CLIENT,

    /** What was expired is looked for, and deleted later without a second look. */
    PURGE_RACE,

    /** An owner that lost its claim completes all the same. */
    TAKEOVER_WITHOUT_FENCING,

    /** A store that does not work lets the handler run without it. */
    FAIL_OPEN,

    /** A COMMIT that failed is taken for one that did not. */
    COMMIT_ERROR_SWALLOWED,

    /** The stored answer goes to whoever has the key, whatever is asked for. */
    REPLAY_WITHOUT_FINGERPRINT,

    /** Nodes decide by their own clocks when a retention is over, and one is two days ahead. */
    RETENTION_BY_NODE_CLOCK,

    /** A replay carries a header twice. */
    DUPLICATE_HEADER_ON_REPLAY,

    /** A key that was executed with an error stays in progress on its node. */
    REGISTRY_FORGETS_ON_ERROR,

    /** The effect commits before the record does. */
    EFFECT_IN_ITS_OWN_TRANSACTION,

    /** What should be undone is committed. */
    ROLLBACK_COMMITS,

    /** The answer is sent, and its record was never written. */
    RECORD_NOT_STORED,

    /** A COMMIT whose answer was lost is taken for done. */
    GUESSED_OUTCOME,

    /** Leases last a moment, and nobody renews them. */
    LEASE_TOO_SHORT
}
