package io.idempotency.servlet;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digest under every comparison of requests: two that differ cannot be made to collide on purpose. */
final class Sha256 {

    /** The length of a digest in bytes. */
    static final int LENGTH = 32;

    private Sha256() {}

    static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            // Every Java platform is required to have it, as the documentation of MessageDigest says.
            throw new IllegalStateException("Use a Java platform that implements SHA-256.", impossible);
        }
    }
}
