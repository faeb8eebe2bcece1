package io.idempotency.servlet;

/**
 * Says that the request's key cannot be used.
 *
 * <p>The message is a sentence for the client about what to send instead; it never contains the key.
 */
final class InvalidKeyException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String nextStep;

    InvalidKeyException(String nextStep) {
        super(nextStep);
        this.nextStep = nextStep;
    }

    String nextStep() {
        return nextStep;
    }
}
