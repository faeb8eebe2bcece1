package io.idempotency.core;

import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** SHA-256 over fields that each carry their length, so that no two different lists of fields run together. */
public final class LengthPrefixedDigest {

    private static final int ABSENT = -1;

    private final MessageDigest sha256 = Sha256.newDigest();

    /** What was not digested yet: many short fields cost less at once than one by one. */
    private final byte[] pending = new byte[256];

    private int size;

    /** Starts a digest without any field. Instances are not thread-safe. */
    public LengthPrefixedDigest() {}

    /**
     * Adds a number of items that follows.
     *
     * @param count the number
     * @return this
     */
    public LengthPrefixedDigest count(int count) {
        makeRoom(Integer.BYTES);
        for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            pending[size++] = (byte) (count >> shift);
        }
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
        count(Math.multiplyExact(Character.BYTES, text.length()));
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            makeRoom(Character.BYTES);
            pending[size++] = (byte) (character >> Byte.SIZE);
            pending[size++] = (byte) character;
        }
        return this;
    }

    /**
     * Adds bytes.
     *
     * @param bytes the field
     * @return this
     */
    public LengthPrefixedDigest field(byte[] bytes) {
        count(bytes.length);
        if (bytes.length > pending.length) {
            digestPending();
            sha256.update(bytes);
        } else {
            makeRoom(bytes.length);
            System.arraycopy(bytes, 0, pending, size, bytes.length);
            size += bytes.length;
        }
        return this;
    }

    /**
     * Ends the digest.
     *
     * @return {@value Sha256#LENGTH} bytes
     */
    public byte[] digest() {
        digestPending();
        return sha256.digest();
    }

    private void makeRoom(int room) {
        if (size + room > pending.length) {
            digestPending();
        }
    }

    private void digestPending() {
        sha256.update(pending, 0, size);
        size = 0;
    }
}
