package io.idempotency.core;

/** The store could not be reached or does not work: nothing may execute unprotected. */
public final class StoreUnavailableException extends IdempotencyStoreException {

    private static final long serialVersionUID = 1L;

    /**
     * Names the reason.
     *
     * @param message what happened
     * @param cause what the database or its driver said
     */
    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
