package io.idempotency.servlet;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads an input to its end, into an array of its size at once if it is as long as announced. */
final class WholeInput {

    private static final int UNANNOUNCED = 8192;

    /** How much memory an announcement is worth before any of what it announces has come. */
    private static final int TRUSTED = 1 << 20;

    /** Longer arrays are more than some virtual machines give. */
    private static final int LONGEST = Integer.MAX_VALUE - 8;

    private WholeInput() {}

    /**
     * Reads everything; what counts are the bytes that come.
     *
     * @param announced how many there should be, or -1
     * @param most how many there may be
     */
    static byte[] read(InputStream in, long announced, long most) throws IOException, BodyTooLargeException {
        int limit = (int) Math.min(most, LONGEST);
        int trusted = (int) (announced < 0 ? UNANNOUNCED : Math.min(announced, TRUSTED));
        byte[] bytes = new byte[Math.min(trusted, limit)];
        int size = 0;
        while (true) {
            size += in.readNBytes(bytes, size, bytes.length - size);
            if (size < bytes.length) {
                return Arrays.copyOf(bytes, size);
            }
            int next = in.read();
            if (next < 0) {
                return bytes;
            }
            if (size == limit) {
                throw new BodyTooLargeException(most);
            }
            bytes = Arrays.copyOf(bytes, larger(size, announced, limit));
            bytes[size++] = (byte) next;
        }
    }

    private static int larger(int size, long announced, int limit) {
        long twice = Math.max(2L * size, UNANNOUNCED);
        long enough = announced > size ? Math.min(announced, twice) : twice;
        return (int) Math.min(enough, limit);
    }
}
