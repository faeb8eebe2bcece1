package io.idempotency.servlet;

import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Decodes bytes in memory straight into the array of who reads them, where the platform's reader would copy them before.
 *
 * <p>Strict: malformed bytes raise a {@link java.nio.charset.CharacterCodingException}.
 */
final class Utf8Characters extends Reader {

    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final ByteBuffer bytes;

    Utf8Characters(byte[] bytes, int start) {
        this.bytes = ByteBuffer.wrap(bytes, start, bytes.length - start);
    }

    /** Needs room for the two halves of a character; parsers give more. */
    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        CharBuffer room = CharBuffer.wrap(target, offset, length);
        CoderResult result = decoder.decode(bytes, room, true);
        if (result.isError()) {
            result.throwException();
        }
        int read = room.position() - offset;
        return read == 0 ? -1 : read;
    }

    @Override
    public void close() {}
}
