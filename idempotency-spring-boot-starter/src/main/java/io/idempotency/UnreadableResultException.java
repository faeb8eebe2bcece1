package io.idempotency;

/** A recorded result that cannot be read any more: it is not guessed, and what made it is not run again. */
public final class UnreadableResultException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Names the result.
     *
     * @param message which result it is, and what to do
     * @param cause what the mapper said
     */
    public UnreadableResultException(String message, Throwable cause) {
        super(message, cause);
    }
}
