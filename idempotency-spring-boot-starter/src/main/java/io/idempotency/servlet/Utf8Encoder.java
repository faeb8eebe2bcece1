package io.idempotency.servlet;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Encodes characters strictly: a lone surrogate has no bytes in UTF-8 (RFC 8259, section 8.2). Not thread-safe. */
final class Utf8Encoder {

    /** The most bytes that one {@code char} takes. */
    static final int BYTES_OF_A_CHAR = 3;

    private static final int PIECE = 4096;

    private final CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();

    /**
     * Writes characters.
     *
     * @param target has room for {@link #BYTES_OF_A_CHAR} times the length from the start
     * @return the index behind what was written
     */
    int write(char[] source, int from, int length, byte[] target, int start) throws NoOneMeaningException {
        int end = from + length;
        int at = from;
        int written = start;
        while (at < end && source[at] < 0x80) {
            target[written++] = (byte) source[at++];
        }
        if (at == end) {
            return written;
        }
        ByteBuffer room = ByteBuffer.wrap(target, written, target.length - written);
        encode(CharBuffer.wrap(source, at, end - at), room);
        return room.position();
    }

    /** Writes a text whose characters nobody has in an array, as {@link #write(char[], int, int, byte[], int)} does. */
    int write(String text, byte[] target, int start) throws NoOneMeaningException {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char next = text.charAt(i);
            if (next >= 0x80) {
                return write(text.toCharArray(), 0, length, target, start);
            }
            target[start + i] = (byte) next;
        }
        return start + length;
    }

    /** Digests characters without holding their bytes. */
    void digest(char[] source, int from, int length, MessageDigest digest) throws NoOneMeaningException {
        CharBuffer rest = CharBuffer.wrap(source, from, length);
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        while (rest.hasRemaining()) {
            encode(rest, piece);
            digest.update(piece.flip());
            piece.clear();
        }
    }

    private void encode(CharBuffer source, ByteBuffer target) throws NoOneMeaningException {
        CoderResult result = encoder.reset().encode(source, target, true);
        NoOneMeaningException.unless(!result.isError());
    }
}
