package io.idempotency.core;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** SHA-256 over fields that each carry their length, so that no two different lists of fields run together. */
public final class LengthPrefixedDigest {

    private static final int ABSENT = -1;

    private final MessageDigest sha256 = Sha256.newDigest();

    /** Starts a digest without any field. Instances are not thread-safe. */
    public LengthPrefixedDigest() {}

    /**
     * Adds a number of items that follows.
     *
     * @param count the number
     * @return this
     */
    public LengthPrefixedDigest count(int count) {
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(count).flip());
        return this;
    }

    /**
     * Adds a text, by its 16-bit characters: encoded as UTF-8, texts that differ in lone surrogates would be one.
     *
     * @param text the field, or null for none, which is not the same as an empty one
     * @return this
     */
    public LengthPrefixedDigest field(@Nullable String text) {
        if (text == null) {
            return count(ABSENT);
        }
        ByteBuffer characters = ByteBuffer.allocate(Character.BYTES * text.length());
        characters.asCharBuffer().put(text);
        return field(characters.array());
    }

    /**
     * Adds bytes.
     *
     * @param bytes the field
     * @return this
     */
    public LengthPrefixedDigest field(byte[] bytes) {
        count(bytes.length);
        sha256.update(bytes);
        return this;
    }

    /**
     * Ends the digest.
     *
     * @return {@value Sha256#LENGTH} bytes
     */
    public byte[] digest() {
        return sha256.digest();
    }
}
