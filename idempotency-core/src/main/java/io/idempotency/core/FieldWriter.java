package io.idempotency.core;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes fields one behind the other, each of which tells where it ends; {@link FieldReader} reads them. Not thread-safe. */
final class FieldWriter {

    private byte[] bytes = new byte[128];
    private int size;

    /** Writes seven bits to a byte, the lowest first; the highest bit says that more follow. */
    FieldWriter number(long number) {
        long rest = number;
        while ((rest & ~0x7F) != 0) {
            put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        put((byte) rest);
        return this;
    }

    void text(String text) {
        bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    void bytes(byte[] field) {
        number(field.length);
        ensureRoom(field.length);
        System.arraycopy(field, 0, bytes, size, field.length);
        size += field.length;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    /** Returns what was written and one field more, which can be large and is copied only once. */
    byte[] toBytesWith(byte[] last) {
        number(last.length);
        byte[] all = Arrays.copyOf(bytes, Math.addExact(size, last.length));
        System.arraycopy(last, 0, all, size, last.length);
        return all;
    }

    private void put(byte one) {
        ensureRoom(1);
        bytes[size++] = one;
    }

    private void ensureRoom(int room) {
        if (room > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, Math.multiplyExact(2, size + room));
        }
    }
}
