package io.idempotency.campaign.node;

/** Where a request can be held while something breaks. */
public enum Failpoint {

    /** It is about to ask the pool for its first connection. */
    POOL_ACQUIRE,

    /** Its transaction has begun, its snapshot is taken, and nothing is claimed. */
    BEFORE_CLAIM,

    /** Its claim was made, and is not committed. */
    AFTER_CLAIM,

    /** The claim of a lease is committed by the database, and nobody was told. */
    CLAIM_SENT,

    /** Its handler runs, with nothing but a lease to protect it. */
    UNDER_LEASE,

    /** Its handler has made its effect. */
    IN_HANDLER,

    /** Its handler is over and nothing is stored. */
    BEFORE_STORE,

    /** Claim, effect and answer wait for COMMIT. */
    BEFORE_COMMIT,

    /** The database has committed, and nobody was told. */
    COMMIT_SENT,

    /** COMMIT was answered, and no byte of the answer has left. */
    AFTER_COMMIT,

    /** Half of the answer has left. */
    MID_ANSWER,

    /** A batch was deleted, its expired record among it, and the deletion is not committed. */
    PURGE;

    /** Whether endpoints that are guarded so come here. */
    public boolean isOnTheWayOf(Endpoint.Mode mode) {
        return mode.isLeased() || (this != CLAIM_SENT && this != UNDER_LEASE);
    }

    /** Whether what is held here is a COMMIT, behind the database and before its answer. */
    public boolean isBehindCommit() {
        return this == CLAIM_SENT || this == COMMIT_SENT;
    }

    /** Whether a request under way is what is held; else it is the purge of its record. */
    public boolean isOnRequest() {
        return this != PURGE;
    }
}
