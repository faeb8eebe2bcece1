package io.idempotency.core;

/** An earlier statement failed and the database refuses everything but a rollback in this transaction. */
public final class TransactionAbortedException extends IdempotencyStoreException {

    private static final long serialVersionUID = 1L;

    /**
     * Names the reason.
     *
     * @param message what happened
     * @param cause what the database or its driver said
     */
    public TransactionAbortedException(String message, Throwable cause) {
        super(message, cause);
    }
}
