package io.idempotency.core;

/** A concurrent transaction made this one impossible; in a new transaction the same question has an answer. */
public final class SerializationConflictException extends IdempotencyStoreException {

    private static final long serialVersionUID = 1L;

    /**
     * Names the reason.
     *
     * @param message what happened and what to do
     */
    public SerializationConflictException(String message) {
        super(message, null);
    }

    /**
     * Names the reason.
     *
     * @param message what happened
     * @param cause what the database or its driver said
     */
    public SerializationConflictException(String message, Throwable cause) {
        super(message, cause);
    }
}
