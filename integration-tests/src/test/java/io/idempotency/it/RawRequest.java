package io.idempotency.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A request that is written byte by byte, for what no well-behaved client sends. Not thread-safe. */
final class RawRequest {

    private static final int READ_TIMEOUT_MILLIS = 20_000;
    private static final int CHUNK = 1000;

    private final StringBuilder head = new StringBuilder();
    private byte[] body = {};

    private RawRequest(String method, String target) {
        head.append(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: localhost\r\n");
    }

    static RawRequest of(String method, String target) {
        return new RawRequest(method, target);
    }

    static RawRequest post(String target) {
        return of("POST", target);
    }

    /** Characters up to U+00FF are sent as one byte each. */
    RawRequest header(String name, @Nullable String value) {
        if (value != null) {
            head.append(name).append(": ").append(value).append("\r\n");
        }
        return this;
    }

    RawRequest key(String key) {
        return header(RunningApp.KEY, key);
    }

    RawRequest json(String json) {
        return header("Content-Type", RunningApp.JSON).body(json.getBytes(StandardCharsets.UTF_8));
    }

    RawRequest body(byte[] bytes) {
        header("Content-Length", Integer.toString(bytes.length));
        body = bytes;
        return this;
    }

    RawRequest chunked(byte[] bytes) {
        header("Transfer-Encoding", "chunked");
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        for (int from = 0; from < bytes.length; from += CHUNK) {
            int size = Math.min(CHUNK, bytes.length - from);
            chunks.writeBytes(ascii(Integer.toHexString(size) + "\r\n"));
            chunks.write(bytes, from, size);
            chunks.writeBytes(ascii("\r\n"));
        }
        chunks.writeBytes(ascii("0\r\n\r\n"));
        body = chunks.toByteArray();
        return this;
    }

    RawAnswer send(RunningApp app) {
        header("Connection", "close");
        try (Socket socket = connect(app)) {
            writeHead(socket);
            socket.getOutputStream().write(body);
            return RawAnswer.parse(readAll(socket));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends the whole request and leaves the answer to the caller. */
    void writeTo(Socket socket) throws IOException {
        writeHead(socket);
        socket.getOutputStream().write(body);
    }

    void writeHead(Socket socket) throws IOException {
        socket.getOutputStream().write((head + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    static Socket connect(RunningApp app) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), app.port());
        socket.setSoTimeout(READ_TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        return socket;
    }

    static String readAll(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** The head of one answer; what follows it stays unread. */
    static String readHead(Socket socket) throws IOException {
        StringBuilder read = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (read.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("The answer ended in its head: " + read);
            }
            read.append((char) next);
        }
        return read.toString();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
