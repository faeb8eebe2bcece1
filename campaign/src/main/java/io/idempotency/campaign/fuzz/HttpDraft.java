package io.idempotency.campaign.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A request that is still being changed, in the pieces that it is made of. Not thread-safe. */
final class HttpDraft {

    static final String KEY = "Idempotency-Key";

    private final List<String> fields = new ArrayList<>();
    private final String key;
    private String method = "POST";
    private String target;
    private String version = "HTTP/1.1";
    private String body;
    private @Nullable String framing;
    private String before = "";
    private String after = "";

    HttpDraft(FuzzedEndpoint endpoint, String key, Choice choice) {
        this.key = key;
        this.target = endpoint.path();
        this.body = endpoint.body(choice);
        fields.add("Host: localhost");
        fields.add("Content-Type: " + endpoint.contentType());
        fields.add(KEY + ": " + key);
    }

    String key() {
        return key;
    }

    void method(String other) {
        method = other;
    }

    void version(String other) {
        version = other;
    }

    void target(UnaryOperator<String> change) {
        target = change.apply(target);
    }

    void body(UnaryOperator<String> change) {
        body = change.apply(body);
    }

    String body() {
        return body;
    }

    /** Adds a line to the head. */
    void add(String line) {
        fields.add(line);
    }

    /** Changes the lines of one field; null takes it away. */
    void field(String name, UnaryOperator<@Nullable String> change) {
        for (int i = fields.size() - 1; i >= 0; i--) {
            if (fields.get(i).toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":")) {
                String changed = change.apply(fields.get(i));
                if (changed == null) {
                    fields.remove(i);
                } else {
                    fields.set(i, changed);
                }
            }
        }
    }

    void key(String value) {
        field(KEY, line -> KEY + ": " + value);
    }

    /** Says how long the body is in another way than by its length. */
    void framing(String lines) {
        framing = lines;
    }

    /** Sends the body in chunks, as this writes them. */
    void chunked(UnaryOperator<String> chunks) {
        framing = "Transfer-Encoding: chunked\r\n";
        body = chunks.apply(body);
    }

    void before(String other) {
        before += other;
    }

    void after(String other) {
        after += other;
    }

    String wire() {
        StringBuilder wire = new StringBuilder(before);
        wire.append(method)
                .append(' ')
                .append(target)
                .append(' ')
                .append(version)
                .append("\r\n");
        fields.forEach(field -> wire.append(field).append("\r\n"));
        wire.append(framing == null ? "Content-Length: " + body.length() + "\r\n" : framing);
        return wire.append("\r\n").append(body).append(after).toString();
    }
}
