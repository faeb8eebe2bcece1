package io.idempotency.core;

import java.util.Locale;

/** What became of a request to a guarded endpoint, as it is counted. */
public enum RequestOutcome {
    /** The handler ran and its answer was kept. */
    EXECUTED,
    /** The first answer was sent again. */
    REPLAYED,
    /** The handler ran, its effect was rolled back and its answer is not kept, or an exception left it. */
    RELEASED,
    /** The first request with the key is still running. */
    IN_PROGRESS,
    /** The key belongs to another request. */
    KEY_REUSED,
    /** The first answer exists and was too large to keep. */
    RESPONSE_NOT_KEPT,
    /** The endpoint requires a key and there was none. */
    MISSING_KEY,
    /** The key could not be read. */
    INVALID_KEY,
    /** The body is larger than the endpoint accepts. */
    BODY_TOO_LARGE,
    /** Nobody was authenticated and anonymous keys are refused. */
    ANONYMOUS,
    /** No key was sent where none is required: the handler ran unguarded. */
    UNGUARDED,
    /** The store could not be asked or written. */
    STORE_UNAVAILABLE,
    /** The claim was lost before it was completed. */
    CLAIM_LOST,
    /** The commit was refused. */
    COMMIT_REFUSED,
    /** Success was answered over a transaction that was rolled back. */
    ROLLED_BACK,
    /** Nobody can say now whether the commit took place, or what a leased attempt did that ended unsettled. */
    OUTCOME_UNKNOWN;

    /**
     * The name as meters carry it.
     *
     * @return lower case with underscores
     */
    public String tagValue() {
        return name().toLowerCase(Locale.ROOT);
    }
}
