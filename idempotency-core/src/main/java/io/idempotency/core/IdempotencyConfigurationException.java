package io.idempotency.core;

/** A configuration that cannot work, told at start-up with what to do about it. */
public final class IdempotencyConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String action;

    /**
     * Names the mistake.
     *
     * @param description what is wrong, and where
     * @param action the reader's next step
     */
    public IdempotencyConfigurationException(String description, String action) {
        super(description);
        this.action = action;
    }

    /**
     * Names the mistake and who noticed it.
     *
     * @param description what is wrong, and where
     * @param action the reader's next step
     * @param cause what brought it to light
     */
    public IdempotencyConfigurationException(String description, String action, Throwable cause) {
        super(description, cause);
        this.action = action;
    }

    /**
     * What to do.
     *
     * @return one or more sentences
     */
    public String action() {
        return action;
    }
}
