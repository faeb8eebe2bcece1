package io.idempotency.core;

/** What became of a claim whose owner does not know whether its COMMIT arrived. */
public enum ClaimFate {

    /** The claim was completed and its transaction committed. */
    COMMITTED,

    /** The claim's transaction is over and left nothing. */
    GONE,

    /** The claim's transaction may still be running: nothing can be said yet. */
    UNDECIDED
}
