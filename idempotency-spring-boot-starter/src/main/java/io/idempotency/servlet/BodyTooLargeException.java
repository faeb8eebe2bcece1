package io.idempotency.servlet;

/** A request's body has more bytes than are compared. */
final class BodyTooLargeException extends Exception {

    private static final long serialVersionUID = 1L;

    BodyTooLargeException(long limit) {
        super("The body has more than " + limit + " bytes.");
    }
}
