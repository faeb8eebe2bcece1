package io.idempotency.core;

import java.util.Arrays;

/**
 * A versioned digest of the request that first used a key.
 *
 * <p>Immutable and thread-safe. Two fingerprints of different algorithm versions say nothing about each other: while nodes of
 * two releases run side by side, an honest retry must not be refused because it was digested differently the first time.
 */
public final class RequestFingerprint {

    /** The length of the digest, in bytes. */
    public static final int DIGEST_LENGTH = Sha256.LENGTH;

    private final byte[] versionAndDigest;

    private RequestFingerprint(byte[] versionAndDigest) {
        if (versionAndDigest.length != 1 + DIGEST_LENGTH) {
            throw new IllegalArgumentException("A request fingerprint has 1 byte of version and " + DIGEST_LENGTH
                    + " bytes of digest; this one has " + versionAndDigest.length + " bytes in all.");
        }
        this.versionAndDigest = versionAndDigest;
    }

    /**
     * Names the algorithm and its result.
     *
     * @param algorithmVersion which algorithm made the digest
     * @param digest {@value #DIGEST_LENGTH} bytes
     * @return the fingerprint
     * @throws IllegalArgumentException if the digest has another length
     */
    public static RequestFingerprint of(byte algorithmVersion, byte[] digest) {
        byte[] bytes = new byte[1 + digest.length];
        bytes[0] = algorithmVersion;
        System.arraycopy(digest, 0, bytes, 1, digest.length);
        return new RequestFingerprint(bytes);
    }

    /**
     * Reads what {@link #toBytes()} wrote.
     *
     * @param bytes version and digest
     * @return the fingerprint
     * @throws IllegalArgumentException if the length is not that of a fingerprint
     */
    public static RequestFingerprint fromBytes(byte[] bytes) {
        return new RequestFingerprint(bytes.clone());
    }

    /**
     * Version and digest.
     *
     * @return a copy, {@value #DIGEST_LENGTH} bytes and one
     */
    public byte[] toBytes() {
        return versionAndDigest.clone();
    }

    /**
     * Whether the two certainly come from different requests.
     *
     * @param other the fingerprint to compare with
     * @return true only if both were made by the same algorithm and differ
     */
    public boolean contradicts(RequestFingerprint other) {
        return versionAndDigest[0] == other.versionAndDigest[0] && !equals(other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RequestFingerprint that && Arrays.equals(versionAndDigest, that.versionAndDigest);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(versionAndDigest);
    }

    @Override
    public String toString() {
        return "RequestFingerprint[version " + versionAndDigest[0] + "]";
    }
}
