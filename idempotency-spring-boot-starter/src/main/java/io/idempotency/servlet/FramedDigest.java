package io.idempotency.servlet;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** A digest over a sequence of values, each framed by its length so that no two sequences run together. */
final class FramedDigest {

    private final MessageDigest sha256 = Sha256.newDigest();

    /**
     * Adds a text, or the fact that there is none.
     *
     * <p>As UTF-16, since an encoding to bytes would turn every lone surrogate into the same question mark.
     */
    FramedDigest text(@Nullable String text) {
        if (text == null) {
            return count(-1);
        }
        ByteBuffer units = ByteBuffer.allocate(Math.multiplyExact(text.length(), Character.BYTES));
        units.asCharBuffer().put(text);
        count(text.length());
        sha256.update(units);
        return this;
    }

    /** Adds a number, such as that of the values which follow. */
    FramedDigest count(int count) {
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(count).flip());
        return this;
    }

    /** Adds a digest, whose length is fixed and needs no frame. */
    FramedDigest digest(byte[] digest) {
        sha256.update(digest);
        return this;
    }

    byte[] finish() {
        return sha256.digest();
    }
}
