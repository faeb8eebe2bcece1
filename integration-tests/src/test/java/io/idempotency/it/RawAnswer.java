package io.idempotency.it;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * An answer as it stood on the wire.
 *
 * @param headers the values of each field, as often as they were sent; names in lower case
 * @param body the bytes, a character each
 */
record RawAnswer(int status, Map<String, List<String>> headers, String body) {

    private static final Set<String> FRAMING =
            Set.of("date", "content-length", "transfer-encoding", "connection", "keep-alive");

    static RawAnswer parse(String wire) {
        int end = wire.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new IllegalArgumentException("No whole head of an answer: '" + wire + "'");
        }
        String[] lines = wire.substring(0, end).split("\r\n");
        Map<String, List<String>> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.computeIfAbsent(
                            lines[i].substring(0, colon).toLowerCase(java.util.Locale.ROOT), none -> new ArrayList<>())
                    .add(lines[i].substring(colon + 1).strip());
        }
        String rest = wire.substring(end + 4);
        boolean chunked = headers.getOrDefault("transfer-encoding", List.of()).contains("chunked");
        return new RawAnswer(Integer.parseInt(lines[0].substring(9, 12)), headers, chunked ? joinChunks(rest) : rest);
    }

    private static String joinChunks(String chunks) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int at = 0;
        while (at < chunks.length()) {
            int lineEnd = chunks.indexOf("\r\n", at);
            int size = Integer.parseInt(chunks.substring(at, lineEnd), 16);
            body.writeBytes(chunks.substring(lineEnd + 2, lineEnd + 2 + size).getBytes(StandardCharsets.ISO_8859_1));
            at = lineEnd + 2 + size + 2;
            if (size == 0) {
                break;
            }
        }
        return body.toString(StandardCharsets.ISO_8859_1);
    }

    List<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), List.of());
    }

    boolean isReplay() {
        return header(RunningApp.REPLAYED).equals(List.of("true"));
    }

    boolean isProblem(int status, String code) {
        return this.status == status && body.contains("\"code\":\"" + code + "\"");
    }

    /** The header fields that the application set: what frames the message is the container's. */
    Map<String, List<String>> ownHeaders() {
        Map<String, List<String>> own = new TreeMap<>(headers);
        own.keySet().removeAll(FRAMING);
        return own;
    }

    /** Everything that two answers of one handler have in common: the container's error body names time and path. */
    String comparable() {
        return status + " " + withoutTwin(ownHeaders().toString()) + " " + comparableBody();
    }

    String comparableBody() {
        return withoutTwin(body.replaceAll("\"timestamp\":\"[^\"]*\"", ""));
    }

    private static String withoutTwin(String text) {
        return text.replaceAll("/(plain|guarded)/", "/");
    }
}
