package io.idempotency.servlet;

import jakarta.servlet.http.Part;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An ordinary field of a multipart body. */
final class BenchmarkPart implements Part {

    private final String name;
    private final byte[] content;

    BenchmarkPart(String name, byte[] content) {
        this.name = name;
        this.content = content;
    }

    @Override
    public InputStream getInputStream() {
        return new ByteArrayInputStream(content);
    }

    @Override
    public @Nullable String getContentType() {
        return null;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public @Nullable String getSubmittedFileName() {
        return null;
    }

    @Override
    public long getSize() {
        return content.length;
    }

    @Override
    public void write(String target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void delete() {
        throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable String getHeader(String header) {
        return null;
    }

    @Override
    public Collection<String> getHeaders(String header) {
        return List.of();
    }

    @Override
    public Collection<String> getHeaderNames() {
        return List.of();
    }
}
