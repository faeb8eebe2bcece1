package io.idempotency.campaign.node;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The response on its way out, which can be held before its first byte and in its middle. */
final class HeldAnswer extends HttpServletResponseWrapper {

    private final boolean repeatsHeader;
    private @Nullable ServletOutputStream stream;

    HeldAnswer(HttpServletResponse response, boolean repeatsHeader) {
        super(response);
        this.repeatsHeader = repeatsHeader;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        ServletOutputStream known = stream;
        if (known == null) {
            if (repeatsHeader && containsHeader("Idempotent-Replayed") && containsHeader("Location")) {
                addHeader("Location", getHeader("Location"));
            }
            known = new HeldStream(super.getOutputStream());
            stream = known;
        }
        return known;
    }

    @Override
    public void flushBuffer() throws IOException {
        reachAfterCommit();
        super.flushBuffer();
    }

    /** Problems of the library leave without a commit. */
    private static void reachAfterCommit() {
        if (Course.isCompleting()) {
            Course.reach(Failpoint.AFTER_COMMIT);
        }
    }

    /** Its first byte waits, and so does its second half. */
    private static final class HeldStream extends ServletOutputStream {

        private final ServletOutputStream out;

        HeldStream(ServletOutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int octet) throws IOException {
            reachAfterCommit();
            out.write(octet);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            reachAfterCommit();
            int first = Course.isCompleting() && Course.isHeldAt(Failpoint.MID_ANSWER) ? length / 2 : 0;
            if (first > 0) {
                out.write(bytes, offset, first);
                out.flush();
                Course.reach(Failpoint.MID_ANSWER);
            }
            out.write(bytes, offset + first, length - first);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }

        @Override
        public boolean isReady() {
            return out.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            out.setWriteListener(listener);
        }
    }
}
