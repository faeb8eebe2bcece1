package io.idempotency.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;

/** Posts one payload to one application, over connections that the JDK keeps alive. */
final class Client {

    static {
        System.setProperty("http.maxConnections", "64");
        System.setProperty("sun.net.http.retryPost", "false");
    }

    private final URL url;
    private final Payload payload;

    Client(int port, Payload payload) {
        try {
            this.url = URI.create("http://127.0.0.1:" + port + payload.path()).toURL();
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
        this.payload = payload;
    }

    Answer send(Call call) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(payload.size());
        connection.setRequestProperty("Content-Type", payload.contentType());
        connection.setRequestProperty("Idempotency-Key", call.key());
        try (OutputStream out = connection.getOutputStream()) {
            payload.writeTo(out);
        }
        int status = connection.getResponseCode();
        String body = read(connection, status);
        Answer answer = Answer.of(status, connection.getHeaderField("Idempotent-Replayed") != null);
        if (answer == null || !call.expected().contains(answer)) {
            throw new IllegalStateException(
                    "Expected one of " + call.expected() + ", got " + status + " (" + answer + "): " + body);
        }
        return answer;
    }

    /** To its end, or the connection is not used again. */
    private static String read(HttpURLConnection connection, int status) throws IOException {
        try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            byte[] bytes = in == null ? new byte[0] : in.readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
