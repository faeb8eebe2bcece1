package io.idempotency.campaign.proxy;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Finds the messages of PostgreSQL's protocol 3 in a stream of bytes, wherever the stream was cut into blocks. Not thread-safe.
 *
 * @see <a href="https://www.postgresql.org/docs/18/protocol-message-formats.html">Message Formats</a>
 */
final class Framer {

    /** More than any name or transaction command takes; of a longer body only the start is kept. */
    private static final int KEPT = 512;

    private static final int LENGTH_FIELD = 4;
    private static final int UNKNOWN = -1;

    private final byte[] header = new byte[1 + LENGTH_FIELD];
    private final byte[] body = new byte[KEPT];
    private int headerSize;
    private long size = UNKNOWN;
    private long seen;

    private Framer(int headerSize) {
        this.headerSize = headerSize;
    }

    /** For a server's messages, each of which starts with its type. */
    static Framer ofTyped() {
        return new Framer(1 + LENGTH_FIELD);
    }

    /** For a client's messages, which have no type until {@link #expectTypes()} is called. */
    static Framer ofUntyped() {
        return new Framer(LENGTH_FIELD);
    }

    /** The messages behind the current one have a type. */
    void expectTypes() {
        begin();
        headerSize = 1 + LENGTH_FIELD;
    }

    /**
     * Reads to the end of the current message, or of the block.
     *
     * @return the index behind what was read
     */
    int read(byte[] block, int from, int to) throws ProtocolException {
        if (isComplete()) {
            begin();
        }
        int at = from;
        while (seen < headerSize && at < to) {
            header[(int) seen++] = block[at++];
        }
        if (seen < headerSize) {
            return at;
        }
        if (size == UNKNOWN) {
            size = announcedSize();
        }
        return readBody(block, at, to);
    }

    private int readBody(byte[] block, int from, int to) {
        int taken = (int) Math.min(size - seen, to - from);
        long position = seen - headerSize;
        int kept = (int) Math.min(taken, KEPT - position);
        if (kept > 0) {
            System.arraycopy(block, from, body, (int) position, kept);
        }
        seen += taken;
        return from + taken;
    }

    private long announcedSize() throws ProtocolException {
        int typeSize = headerSize - LENGTH_FIELD;
        int length = ByteBuffer.wrap(header).getInt(typeSize);
        if (length < LENGTH_FIELD) {
            throw new ProtocolException("A message of " + length + " bytes: this is not PostgreSQL's protocol 3,"
                    + " or it is encrypted. Connect with sslmode=disable.");
        }
        return typeSize + (long) length;
    }

    private void begin() {
        size = UNKNOWN;
        seen = 0;
    }

    /** Whether the last read came to the end of a message; if so, the other methods tell of it. */
    boolean isComplete() {
        return seen == size;
    }

    char type() {
        return (char) header[0];
    }

    /** The number that the body starts with. */
    int number() throws ProtocolException {
        if (keptSize() < Integer.BYTES) {
            throw new ProtocolException("A message ends before its number: this is not PostgreSQL's protocol 3.");
        }
        return ByteBuffer.wrap(body).getInt();
    }

    /** One of the zero-terminated texts that the body starts with, as far as the body is kept. */
    String text(int index) {
        int start = 0;
        for (int i = 0; i < index; i++) {
            start = Math.min(end(start) + 1, keptSize());
        }
        return new String(body, start, end(start) - start, StandardCharsets.ISO_8859_1);
    }

    private int end(int start) {
        int at = start;
        while (at < keptSize() && body[at] != 0) {
            at++;
        }
        return at;
    }

    private int keptSize() {
        return (int) Math.min(size - headerSize, KEPT);
    }
}
