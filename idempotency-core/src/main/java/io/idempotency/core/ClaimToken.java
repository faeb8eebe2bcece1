package io.idempotency.core;

import java.util.UUID;

/**
 * The random value that tells one claim on a key from every other, compared by every later write (fencing).
 *
 * @param value random, never derived from the node or the request
 */
public record ClaimToken(UUID value) {

    /**
     * Draws a token.
     *
     * @return a token that no other claim has
     */
    public static ClaimToken random() {
        return new ClaimToken(UUID.randomUUID());
    }
}
