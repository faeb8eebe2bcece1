package io.idempotency.servlet;

import io.idempotency.core.ResponseContent;
import io.idempotency.core.ResponseContent.Body;
import io.idempotency.core.ResponseContent.ContainerError;
import io.idempotency.core.ResponseContent.ContainerRedirect;
import io.idempotency.core.ResponseContent.NotKept;
import io.idempotency.core.StoredResponse;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A response that leaves nothing before it is told to: the body, the error and the redirect are held here, while headers and
 * status go to the container's response, which keeps them until the first byte is sent.
 *
 * <p>Every way in which a response is committed (Servlet 6.1, section 5.6) is caught: {@code flushBuffer}, a full buffer, a closed
 * stream or writer, {@code sendError}, {@code sendRedirect}. Not thread-safe, as no response is.
 */
final class HeldResponse extends HttpServletResponseWrapper {

    private static final String CHARSET_PARAMETER = ";charset=";
    private static final int EARLY_HINTS = 103;

    private final HttpServletResponse container;
    private final HeaderSnapshot before;
    private final HeldOutput output = new HeldOutput();
    private @Nullable PrintWriter writer;
    private boolean streamTaken;
    private @Nullable ResponseContent finished;

    HeldResponse(HttpServletResponse response) {
        super(new ShieldedResponse(response));
        this.container = response;
        this.before = new HeaderSnapshot(response);
    }

    @Override
    public ServletOutputStream getOutputStream() {
        if (writer != null) {
            throw new IllegalStateException("getWriter() has been called for this response already.");
        }
        streamTaken = true;
        return output;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (streamTaken) {
            throw new IllegalStateException("getOutputStream() has been called for this response already.");
        }
        if (writer == null) {
            // Servlet 6.1, section 5.5: from here on the encoding is fixed and part of the content type.
            super.setCharacterEncoding(getCharacterEncoding());
            writer = new PrintWriter(new OutputStreamWriter(output, getCharacterEncoding()));
        }
        return writer;
    }

    @Override
    public void setCharacterEncoding(@Nullable String encoding) {
        if (writer == null) {
            super.setCharacterEncoding(encoding);
        }
    }

    @Override
    public void setCharacterEncoding(@Nullable Charset encoding) {
        setCharacterEncoding(encoding == null ? null : encoding.name());
    }

    @Override
    public void setContentType(@Nullable String type) {
        if (writer == null || type == null) {
            super.setContentType(type);
        } else {
            int parameters = type.toLowerCase(Locale.ROOT).indexOf(";");
            String mediaType = parameters < 0 ? type : type.substring(0, parameters);
            super.setContentType(mediaType + CHARSET_PARAMETER + getCharacterEncoding());
        }
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        if ("Content-Type".equalsIgnoreCase(name)) {
            setContentType(value);
        } else {
            super.setHeader(name, value);
        }
    }

    @Override
    public void addHeader(String name, @Nullable String value) {
        if ("Content-Type".equalsIgnoreCase(name)) {
            setContentType(value);
        } else {
            super.addHeader(name, value);
        }
    }

    @Override
    public void setLocale(@Nullable Locale locale) {
        if (writer == null) {
            super.setLocale(locale);
        }
        // Tomcat derives this field from the locale only when it commits, too late to be kept.
        super.setHeader("Content-Language", locale == null ? null : locale.toLanguageTag());
    }

    /** Holds what a container would send now. */
    @Override
    public void flushBuffer() {
        flushWriter();
    }

    /** Finished from the application's point of view, although nothing has left. */
    @Override
    public boolean isCommitted() {
        return finished != null || super.isCommitted();
    }

    @Override
    public void sendError(int status) throws IOException {
        finishWithError(status, null);
    }

    @Override
    public void sendError(int status, @Nullable String message) throws IOException {
        finishWithError(status, message);
    }

    private void finishWithError(int status, @Nullable String message) {
        requireUnfinished("sendError");
        if (status == EARLY_HINTS) {
            // Tomcat would send them now; they are advice, and nothing leaves before the commit.
            return;
        }
        super.setStatus(status);
        finish(new ContainerError(message));
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        sendRedirect(location, SC_FOUND, true);
    }

    @Override
    public void sendRedirect(String location, boolean clearBuffer) throws IOException {
        sendRedirect(location, SC_FOUND, clearBuffer);
    }

    @Override
    public void sendRedirect(String location, int status) throws IOException {
        sendRedirect(location, status, true);
    }

    /** A body before a redirect is not sent: no client shows it, and a replay could not tell where it ended. */
    @Override
    public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
        requireUnfinished("sendRedirect");
        super.setStatus(status);
        finish(new ContainerRedirect(location));
    }

    private void requireUnfinished(String call) {
        if (isCommitted()) {
            throw new IllegalStateException(call + "() cannot be called after the response has been committed.");
        }
    }

    private void finish(ResponseContent content) {
        flushWriter();
        output.discard();
        output.close();
        finished = content;
    }

    @Override
    public void setStatus(int status) {
        if (finished == null) {
            super.setStatus(status);
        }
    }

    @Override
    public void resetBuffer() {
        requireUnfinished("resetBuffer");
        flushWriter();
        output.discard();
    }

    @Override
    public void reset() {
        resetBuffer();
        super.reset();
        writer = null;
        streamTaken = false;
    }

    private void flushWriter() {
        if (writer != null) {
            writer.flush();
        }
    }

    /** What would be stored of the answer: its replayable headers, and its content if it is not too large. */
    StoredResponse toStored(ReplayHeaders headers, long maxBodySize) {
        return new StoredResponse(getStatus(), headers.of(this), content(maxBodySize));
    }

    private ResponseContent content(long maxBodySize) {
        if (finished != null) {
            return finished;
        }
        flushWriter();
        return output.size() > maxBodySize ? new NotKept(output.size()) : new Body(output.toBytes());
    }

    /** Lets the answer out. The client may be gone, which changes nothing about what is committed. */
    void send() throws IOException {
        if (finished != null) {
            ContainerAnswers.send(container, getStatus(), finished);
            return;
        }
        flushWriter();
        if (output.size() > 0) {
            output.writeTo(container.getOutputStream());
        }
    }

    /** Takes back everything that the handler did to the response, for another answer in its place. */
    HttpServletResponse discard() {
        before.restore(container);
        return container;
    }
}
