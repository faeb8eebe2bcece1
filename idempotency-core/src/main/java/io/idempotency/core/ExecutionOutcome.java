package io.idempotency.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a guarded request came to: exactly one of these, each with one answer. */
public sealed interface ExecutionOutcome {

    /**
     * Why it came to this, where something went wrong.
     *
     * @return what the database or the store said, or null
     */
    default @Nullable Throwable cause() {
        return null;
    }

    /** The handler ran, and its effect, its record and its response are committed: its answer may be sent. */
    record Executed() implements ExecutionOutcome {}

    /**
     * The handler returned and answers later; nothing may be sent before {@link DeferredExecution#finish} has returned.
     *
     * @param execution what the caller has to end
     */
    record Deferred(DeferredExecution execution) implements ExecutionOutcome {}

    /** The handler ran and its answer is not to be kept: everything is rolled back, its answer may be sent. */
    record Released() implements ExecutionOutcome {}

    /**
     * The request was completed before: the stored response is the answer.
     *
     * @param response the first answer
     * @param age the time since it was given; never negative
     */
    record Replayed(StoredResponse response, Duration age) implements ExecutionOutcome {}

    /** The request was completed before, and its response was too large to keep. */
    record ResponseNotKept() implements ExecutionOutcome {}

    /** The first request with the key is still running. */
    record InProgress() implements ExecutionOutcome {}

    /** The lease of an earlier attempt ended unsettled, and nobody may execute until somebody resolves the key. */
    record Abandoned() implements ExecutionOutcome {}

    /** The key belongs to another request. */
    record KeyReused() implements ExecutionOutcome {}

    /**
     * The store could not be asked or written: the effect, if there was one, is rolled back.
     *
     * @param cause what it said
     */
    record StoreUnavailable(Throwable cause) implements ExecutionOutcome {}

    /**
     * The claim was lost before it was completed: the transaction that was to complete it is rolled back.
     *
     * @param cause what the store said
     */
    record ClaimLost(Throwable cause) implements ExecutionOutcome {}

    /** The handler answered success over a transaction that can only be rolled back, and it was. */
    record RolledBack() implements ExecutionOutcome {}

    /**
     * The commit was refused: nothing is kept, and nothing took effect.
     *
     * @param cause what the database said
     * @param retryable whether a retry can heal it
     */
    record CommitRefused(Throwable cause, boolean retryable) implements ExecutionOutcome {}

    /**
     * Whether the commit took place cannot be found out now.
     *
     * @param cause what the database said, or did not
     */
    record OutcomeUnknown(Throwable cause) implements ExecutionOutcome {}
}
