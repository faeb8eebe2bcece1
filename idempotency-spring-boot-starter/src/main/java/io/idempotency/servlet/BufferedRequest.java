package io.idempotency.servlet;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body was read and is given to the handler once more, from memory, as the container would give it.
 *
 * <p>As in a container, stream and reader exclude each other. Not thread-safe, as no request is.
 */
class BufferedRequest extends HandlerRequest {

    private final byte[] body;
    private @Nullable ServletInputStream stream;
    private @Nullable BufferedReader reader;

    BufferedRequest(HttpServletRequest request, byte[] body) {
        super(request);
        this.body = body;
    }

    /** The bytes as they were sent; must not be changed. */
    final byte[] body() {
        return body;
    }

    /** The bytes for the handler; none if parameters have used them up. */
    byte[] remainingBody() {
        return body;
    }

    final boolean isBodyTaken() {
        return stream != null || reader != null;
    }

    @Override
    public ServletInputStream getInputStream() {
        if (reader != null) {
            throw new IllegalStateException("getReader() has been called for this request already.");
        }
        if (stream == null) {
            stream = new MemoryInput(remainingBody());
        }
        return stream;
    }

    @Override
    public BufferedReader getReader() throws IOException {
        if (stream != null) {
            throw new IllegalStateException("getInputStream() has been called for this request already.");
        }
        if (reader == null) {
            String encoding = getCharacterEncoding();
            // Servlet 6.1, section 3.12: the default encoding of a body is ISO-8859-1.
            String charset = encoding == null ? StandardCharsets.ISO_8859_1.name() : encoding;
            reader = new BufferedReader(
                    new InputStreamReader(new ByteArrayInputStream(remainingBody()), strict(charset)));
        }
        return reader;
    }

    /** Raises an error for malformed characters, as Tomcat does, where a reader by itself would replace them in silence. */
    private static CharsetDecoder strict(String charset) throws UnsupportedEncodingException {
        try {
            return Charset.forName(charset).newDecoder();
        } catch (IllegalArgumentException e) {
            throw new UnsupportedEncodingException(charset);
        }
    }

    private static final class MemoryInput extends ServletInputStream {

        private final ByteArrayInputStream bytes;

        MemoryInput(byte[] bytes) {
            this.bytes = new ByteArrayInputStream(bytes);
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return bytes.read(target, offset, length);
        }

        @Override
        public int available() {
            return bytes.available();
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException(
                    "An idempotent handler reads on its own thread: a read listener cannot be used.");
        }
    }
}
