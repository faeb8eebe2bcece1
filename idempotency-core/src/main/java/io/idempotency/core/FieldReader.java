package io.idempotency.core;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link FieldWriter} wrote, and nothing beyond it. Not thread-safe.
 *
 * <p>Every method throws an {@link IllegalArgumentException} for bytes that end early or make no sense, before it asks for any
 * memory that they name.
 */
final class FieldReader {

    private final byte[] bytes;
    private int at;

    FieldReader(byte[] bytes) {
        this.bytes = bytes;
    }

    int octet() {
        if (at == bytes.length) {
            throw new IllegalArgumentException("The fields end early, after " + at + " bytes.");
        }
        return Byte.toUnsignedInt(bytes[at++]);
    }

    long number() {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int octet = octet();
            number |= (octet & 0x7FL) << shift;
            if (octet < 0x80) {
                return number;
            }
        }
        throw new IllegalArgumentException("A number of more than 64 bits ends after " + at + " bytes.");
    }

    int number(int most) {
        return atMost(most, number());
    }

    /** Reads a number of things that follow, each of which takes a byte at least. */
    int count() {
        long count = number();
        return atMost(bytes.length - at, count);
    }

    String text() {
        int length = count();
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    byte[] bytes() {
        int length = count();
        byte[] field = Arrays.copyOfRange(bytes, at, at + length);
        at += length;
        return field;
    }

    void end() {
        if (at < bytes.length) {
            throw new IllegalArgumentException("The fields end after " + at + " of " + bytes.length + " bytes.");
        }
    }

    private int atMost(int most, long number) {
        if (number < 0 || number > most) {
            throw new IllegalArgumentException(
                    "A number that is " + most + " at most is " + number + ", after " + at + " bytes.");
        }
        return (int) number;
    }
}
