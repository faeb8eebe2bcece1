package io.idempotency.core;

/** A record exists and cannot be read by this release: the request was completed and is not executed again. */
public final class UnreadableRecordException extends IdempotencyStoreException {

    private static final long serialVersionUID = 1L;

    /**
     * Names the reason.
     *
     * @param message what happened and what to do
     */
    public UnreadableRecordException(String message) {
        super(message, null);
    }

    /**
     * Names the reason.
     *
     * @param message what happened
     * @param cause what the database or its driver said
     */
    public UnreadableRecordException(String message, Throwable cause) {
        super(message, cause);
    }
}
