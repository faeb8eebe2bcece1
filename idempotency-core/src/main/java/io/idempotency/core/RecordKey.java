package io.idempotency.core;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The name under which a store keeps one key's record: a digest of scope and key, so that neither is stored in clear.
 *
 * <p>Immutable and thread-safe.
 */
public final class RecordKey {

    /** The length of the digest, in bytes. */
    public static final int LENGTH = Sha256.LENGTH;

    private static final int LOGGED_BYTES = 4;

    private final byte[] digest;

    private RecordKey(byte[] digest) {
        this.digest = digest;
    }

    /**
     * Derives the record's key.
     *
     * @param scope whose key it is
     * @param key the client's value
     * @return the same record key for the same scope and key, on every node
     */
    public static RecordKey of(KeyScope scope, IdempotencyKey key) {
        LengthPrefixedDigest digest = new LengthPrefixedDigest();
        digest.count(scope.parts().size());
        scope.parts().forEach(digest::field);
        return new RecordKey(digest.field(key.value()).digest());
    }

    /**
     * The digest itself.
     *
     * @return a copy, {@value #LENGTH} bytes
     */
    public byte[] toBytes() {
        return digest.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordKey that && Arrays.equals(digest, that.digest);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digest);
    }

    /** The digest's first bytes in hexadecimal: enough to find a record in a log, too little to be the key. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(digest, 0, LOGGED_BYTES);
    }
}
