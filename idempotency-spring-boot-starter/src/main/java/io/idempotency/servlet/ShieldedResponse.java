package io.idempotency.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the container from recognising its own response inside a wrapper.
 *
 * <p>After a forward, Tomcat 11 looks through all wrappers for its response and suspends it
 * ({@code suspendWrappedResponseAfterForward}), so that what was held back would be dropped when it is sent after the commit. So this
 * is no wrapper. What would let a byte out is not passed on: whoever looks behind a {@link HeldResponse} finds no way around it.
 */
final class ShieldedResponse implements HttpServletResponse {

    private final HttpServletResponse response;

    ShieldedResponse(HttpServletResponse response) {
        this.response = response;
    }

    @Override
    public void addCookie(Cookie cookie) {
        response.addCookie(cookie);
    }

    @Override
    public void addDateHeader(String name, long date) {
        response.addDateHeader(name, date);
    }

    @Override
    public void addHeader(String name, @Nullable String value) {
        response.addHeader(name, value);
    }

    @Override
    public void addIntHeader(String name, int value) {
        response.addIntHeader(name, value);
    }

    @Override
    public boolean containsHeader(String name) {
        return response.containsHeader(name);
    }

    @Override
    public String encodeRedirectURL(String url) {
        return response.encodeRedirectURL(url);
    }

    @Override
    public String encodeURL(String url) {
        return response.encodeURL(url);
    }

    @Override
    public int getBufferSize() {
        return response.getBufferSize();
    }

    @Override
    public String getCharacterEncoding() {
        return response.getCharacterEncoding();
    }

    @Override
    public @Nullable String getContentType() {
        return response.getContentType();
    }

    @Override
    public @Nullable String getHeader(String name) {
        return response.getHeader(name);
    }

    @Override
    public Collection<String> getHeaderNames() {
        return response.getHeaderNames();
    }

    @Override
    public Collection<String> getHeaders(String name) {
        return response.getHeaders(name);
    }

    @Override
    public Locale getLocale() {
        return response.getLocale();
    }

    @Override
    public int getStatus() {
        return response.getStatus();
    }

    @Override
    public @Nullable Supplier<Map<String, String>> getTrailerFields() {
        return response.getTrailerFields();
    }

    @Override
    public boolean isCommitted() {
        return response.isCommitted();
    }

    @Override
    public void reset() {
        response.reset();
    }

    @Override
    public void resetBuffer() {
        response.resetBuffer();
    }

    @Override
    public void setBufferSize(int size) {
        response.setBufferSize(size);
    }

    @Override
    public void setCharacterEncoding(@Nullable String encoding) {
        response.setCharacterEncoding(encoding);
    }

    @Override
    public void setContentLength(int length) {
        response.setContentLength(length);
    }

    @Override
    public void setContentLengthLong(long length) {
        response.setContentLengthLong(length);
    }

    @Override
    public void setContentType(@Nullable String type) {
        response.setContentType(type);
    }

    @Override
    public void setDateHeader(String name, long date) {
        response.setDateHeader(name, date);
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        response.setHeader(name, value);
    }

    @Override
    public void setIntHeader(String name, int value) {
        response.setIntHeader(name, value);
    }

    @Override
    public void setLocale(@Nullable Locale locale) {
        response.setLocale(locale);
    }

    @Override
    public void setStatus(int status) {
        response.setStatus(status);
    }

    @Override
    public void setTrailerFields(Supplier<Map<String, String>> fields) {
        response.setTrailerFields(fields);
    }

    @Override
    public void flushBuffer() {
        throw heldBack();
    }

    @Override
    public ServletOutputStream getOutputStream() {
        throw heldBack();
    }

    @Override
    public PrintWriter getWriter() {
        throw heldBack();
    }

    @Override
    public void sendError(int status) {
        throw heldBack();
    }

    @Override
    public void sendError(int status, @Nullable String message) {
        throw heldBack();
    }

    @Override
    public void sendRedirect(String location) {
        throw heldBack();
    }

    @Override
    public void sendRedirect(String location, int status, boolean clearBuffer) {
        throw heldBack();
    }

    private static IllegalStateException heldBack() {
        return new IllegalStateException(
                "The answer of an @Idempotent handler is held back until its transaction has committed."
                        + " Write to the response that the handler was given, not to the one inside.");
    }
}
