package io.idempotency.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 over fields that each carry their length, so that no two different lists of fields run together. */
public final class LengthPrefixedDigest {

    private final MessageDigest sha256;

    /** Starts a digest without any field. Instances are not thread-safe. */
    public LengthPrefixedDigest() {
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256; this one has not.", e);
        }
    }

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
     * Adds a text as UTF-8.
     *
     * @param text the field
     * @return this
     */
    public LengthPrefixedDigest field(String text) {
        return field(text.getBytes(StandardCharsets.UTF_8));
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
     * @return 32 bytes
     */
    public byte[] digest() {
        return sha256.digest();
    }
}
