package io.idempotency.servlet;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A posted request that costs nothing itself; whatever a fingerprint does not ask for is not there. */
final class BenchmarkRequest extends HttpServletRequestWrapper {

    private static final HttpServletRequest NOTHING_ELSE = (HttpServletRequest) Proxy.newProxyInstance(
            BenchmarkRequest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
            });

    private final String contentType;
    private final byte[] body;

    BenchmarkRequest(String contentType, byte[] body) {
        super(NOTHING_ELSE);
        this.contentType = contentType;
        this.body = body;
    }

    @Override
    public String getMethod() {
        return "POST";
    }

    @Override
    public String getRequestURI() {
        return "/accounts/4711/payments";
    }

    @Override
    public @Nullable String getQueryString() {
        return null;
    }

    @Override
    public String getContentType() {
        return contentType;
    }

    @Override
    public String getCharacterEncoding() {
        return "UTF-8";
    }

    @Override
    public long getContentLengthLong() {
        return body.length;
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return Collections.emptyEnumeration();
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return Map.of();
    }

    @Override
    public ServletInputStream getInputStream() {
        return new BodyInput(body);
    }

    private static final class BodyInput extends ServletInputStream {

        private final ByteArrayInputStream bytes;

        BodyInput(byte[] bytes) {
            this.bytes = new ByteArrayInputStream(bytes);
        }

        @Override
        public int read() {
            return bytes.read();
        }

        /** A connector gives what one of its buffers holds. */
        @Override
        public int read(byte[] target, int offset, int length) {
            return bytes.read(target, offset, Math.min(length, 8192));
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
            throw new UnsupportedOperationException();
        }
    }
}
