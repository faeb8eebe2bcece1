package io.idempotency.core;

/** The record is not under the caller's claim any more, so nothing was written. */
public final class ClaimLostException extends IdempotencyStoreException {

    private static final long serialVersionUID = 1L;

    /**
     * Names the reason.
     *
     * @param message what happened and what to do
     */
    public ClaimLostException(String message) {
        super(message, null);
    }
}
