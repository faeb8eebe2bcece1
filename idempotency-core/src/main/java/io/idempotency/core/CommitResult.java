package io.idempotency.core;

/** What came of a COMMIT, as far as the caller's side knows. */
public sealed interface CommitResult {

    /** The database confirmed the commit. */
    record Committed() implements CommitResult {}

    /**
     * The commit raised an error, which need not mean that nothing was committed.
     *
     * @param cause the error
     * @param retryable whether the same request can succeed when it is sent again
     */
    record Failed(Throwable cause, boolean retryable) implements CommitResult {}
}
