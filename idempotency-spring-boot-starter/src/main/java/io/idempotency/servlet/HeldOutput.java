package io.idempotency.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** An output stream that keeps everything: neither flush nor close lets a byte out. */
final class HeldOutput extends ServletOutputStream {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean ended;

    @Override
    public void write(int b) {
        if (!ended) {
            bytes.write(b);
        }
    }

    @Override
    public void write(byte[] b, int offset, int length) {
        if (!ended) {
            bytes.write(b, offset, length);
        }
    }

    @Override
    public void flush() {}

    /** What is written after the end is dropped, as a container does. */
    @Override
    public void close() {
        ended = true;
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        throw new IllegalStateException(
                "An idempotent handler answers on its own thread: a write listener cannot be used.");
    }

    /** Starts anew, even after the end: what an exception handler writes must not be lost. */
    void discard() {
        bytes.reset();
        ended = false;
    }

    int size() {
        return bytes.size();
    }

    void writeTo(OutputStream target) throws IOException {
        bytes.writeTo(target);
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }
}
