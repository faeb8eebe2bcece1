package io.idempotency.servlet;

import jakarta.servlet.http.Part;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part that is nothing but its four properties. */
record PartDouble(
        String name, @Nullable String fileName, @Nullable String contentType, String content) implements Part {

    @Override
    public InputStream getInputStream() {
        return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public @Nullable String getSubmittedFileName() {
        return fileName;
    }

    @Override
    public @Nullable String getContentType() {
        return contentType;
    }

    @Override
    public long getSize() {
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
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
