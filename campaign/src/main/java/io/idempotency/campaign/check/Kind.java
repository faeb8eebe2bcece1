package io.idempotency.campaign.check;

/** What an answer means to whoever asked. */
enum Kind {
    /** 201: the request took effect. */
    DONE,
    /** 402: the request was declined for good, without an effect. */
    DECLINED,
    /** 500 of the application: a retry executes. */
    RELEASED,
    /** 409: the first request is still running. */
    IN_PROGRESS,
    /** 422: the key belongs to another request. */
    KEY_REUSED,
    /** 409 for good: an earlier attempt was left, and nobody takes it over. */
    ABANDONED,
    /** 503: nothing took effect, a retry may. */
    UNAVAILABLE,
    /** 503: nobody knows yet whether it took effect. */
    UNCERTAIN,
    /** The status of a kept answer over a content that is none. */
    DAMAGED,
    /** Anything else. */
    UNDOCUMENTED;

    /** Whether the library keeps such an answer and replays it. */
    boolean isKept() {
        return this == DONE || this == DECLINED;
    }

    /** Whether the answer was made by a handler, and names it. */
    boolean namesExecution() {
        return isKept() || this == RELEASED;
    }

    /** Whether the answer says that what the request itself set going had no effect. */
    boolean deniesEffect() {
        return switch (this) {
            case DECLINED, RELEASED, IN_PROGRESS, KEY_REUSED, UNAVAILABLE -> true;
            default -> false;
        };
    }

    /** Whether whoever asked has no reason to ask again. */
    boolean settles(Expectations expectations) {
        return switch (this) {
            case DONE, DECLINED, DAMAGED, KEY_REUSED -> true;
            case ABANDONED -> expectations.outcomeUnknownIsFinal();
            default -> false;
        };
    }

    /** Whether the answer has to say when to come back. */
    boolean asksForRetry() {
        return this == IN_PROGRESS || this == UNAVAILABLE || this == UNCERTAIN;
    }
}
