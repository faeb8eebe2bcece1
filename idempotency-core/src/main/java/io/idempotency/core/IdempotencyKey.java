package io.idempotency.core;

import java.util.Objects;

/**
 * The value a client chose to name one operation, unique within its {@link KeyScope}.
 *
 * <p>Bounds: 1 to {@value #MAX_LENGTH} printable ASCII characters, space included. How the value is spelled in a header field
 * is not this type's business.
 *
 * @param value the key as the client means it, without any quoting
 */
public record IdempotencyKey(String value) {

    /** The longest key that is accepted, in characters. */
    public static final int MAX_LENGTH = 255;

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if the value is empty, too long, or holds anything but printable ASCII
     */
    public IdempotencyKey {
        Objects.requireNonNull(value, "value");
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "An idempotency key has 1 to " + MAX_LENGTH + " characters; this one has " + value.length() + ".");
        }
        if (!value.chars().allMatch(IdempotencyKey::isPrintableAscii)) {
            throw new IllegalArgumentException("An idempotency key consists of printable ASCII characters only.");
        }
    }

    private static boolean isPrintableAscii(int character) {
        return character >= 0x20 && character <= 0x7E;
    }

    /** Hides the value: keys are as good as credentials for the answer that they name, and must not reach a log. */
    @Override
    public String toString() {
        return "IdempotencyKey[" + value.length() + " characters]";
    }
}
