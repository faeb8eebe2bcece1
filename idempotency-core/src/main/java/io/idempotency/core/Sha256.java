package io.idempotency.core;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digest under every comparison: two values that differ cannot be made to collide on purpose. */
public final class Sha256 {

    /** The length of a digest, in bytes. */
    public static final int LENGTH = 32;

    private Sha256() {}

    /**
     * Starts a digest.
     *
     * @return a digest of nothing yet; not thread-safe
     */
    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            // Every Java platform is required to have it, as the documentation of MessageDigest says.
            throw new IllegalStateException("Use a Java platform that implements SHA-256.", impossible);
        }
    }
}
