package io.idempotency.core;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The name under which a store keeps one key's record: a digest of scope and key, so that neither is stored in clear.
 *
 * <p>Immutable and thread-safe.
 */
public final class RecordKey {

    /** The length of the digest, in bytes. */
    public static final int LENGTH = Sha256.LENGTH;

    private static final int LOGGED_BYTES = 4;

    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    /** Keeps what is derived from what it is derived from. */
    private static final String CHILD_KEY = "child key";

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

    /**
     * Derives a key for another system from this one, so that its idempotency carries on where this one ends.
     *
     * @param purpose what the other system is asked for, unique within the request
     * @return the same UUID for the same record and purpose, on every node and at every attempt; another one for every other purpose
     */
    public UUID childKey(String purpose) {
        ByteBuffer child = ByteBuffer.wrap(new LengthPrefixedDigest()
                .field(CHILD_KEY)
                .field(digest)
                .field(purpose)
                .digest());
        // RFC 9562, section 5.8: 122 bits are the library's own.
        long high = (child.getLong() & ~0xF000L) | 0x8000L;
        long low = (child.getLong() & (-1L >>> 2)) | Long.MIN_VALUE;
        return new UUID(high, low);
    }

    /**
     * The name of the record for people and other programs: the first half of the digest, enough for no two keys to share it.
     *
     * @return 32 hexadecimal digits
     */
    public String id() {
        return HexFormat.of().formatHex(digest, 0, LENGTH / 2);
    }

    /**
     * Checks what somebody takes for the name of a record.
     *
     * @param id 32 hexadecimal digits in lower case
     * @return the digits
     * @throws IllegalArgumentException if it is anything else
     */
    public static String requireId(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "A key is named by 32 hexadecimal digits in lower case, as the log shows them.");
        }
        return id;
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
