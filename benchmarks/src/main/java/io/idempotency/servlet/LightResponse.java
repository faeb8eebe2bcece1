package io.idempotency.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A response that keeps its header fields in a list and counts the bytes of its body. */
final class LightResponse extends HttpServletResponseWrapper {

    private final List<String> names = new ArrayList<>();
    private final List<String> values = new ArrayList<>();
    private final Counter output = new Counter();
    private int status = SC_OK;
    private @Nullable String contentType;

    LightResponse() {
        super(unsupported());
    }

    /** Whatever is not answered here must not be asked in a measurement. */
    private static HttpServletResponse unsupported() {
        return (HttpServletResponse) Proxy.newProxyInstance(
                HttpServletResponse.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, called, arguments) -> {
                    throw new UnsupportedOperationException(called.toString());
                });
    }

    /** Makes it a new one. */
    void recycle() {
        names.clear();
        values.clear();
        status = SC_OK;
        contentType = null;
    }

    long written() {
        return output.written;
    }

    @Override
    public int getStatus() {
        return status;
    }

    @Override
    public void setStatus(int status) {
        this.status = status;
    }

    @Override
    public @Nullable String getContentType() {
        return contentType;
    }

    @Override
    public void setContentType(@Nullable String type) {
        contentType = type;
    }

    @Override
    public void setHeader(String name, String value) {
        int known = names.indexOf(name);
        if (known >= 0) {
            values.set(known, value);
        } else {
            addHeader(name, value);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        names.add(name);
        values.add(value);
    }

    @Override
    public Collection<String> getHeaderNames() {
        return names;
    }

    @Override
    public Collection<String> getHeaders(String name) {
        int known = names.indexOf(name);
        return known < 0 ? List.of() : List.of(values.get(known));
    }

    @Override
    public boolean containsHeader(String name) {
        return names.contains(name);
    }

    @Override
    public boolean isCommitted() {
        return false;
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return output;
    }

    private static final class Counter extends ServletOutputStream {

        private long written;

        @Override
        public void write(int b) {
            written++;
        }

        @Override
        public void write(byte[] b, int offset, int length) {
            written += length;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
