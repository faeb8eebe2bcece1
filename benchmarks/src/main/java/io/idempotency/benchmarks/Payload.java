package io.idempotency.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/** What is posted, and where to. */
final class Payload {

    private static final String BOUNDARY = "a-boundary-as-browsers-make-them-8e03978e";
    private static final String ORDER = "\"debtor\":\"DE02120300000000202051\",\"creditor\":\"DE02500105170137075030\","
            + "\"amount\":1249.50,\"reference\":\"invoice 2026-004711\"";
    private static final String FIELDS = "debtor=DE02120300000000202051&creditor=DE02500105170137075030"
            + "&amount=1249.50&reference=invoice+2026-004711";

    private final String path;
    private final String contentType;
    private final byte[] body;

    private Payload(String path, String contentType, String body) {
        this.path = path;
        this.contentType = contentType;
        this.body = body.getBytes(StandardCharsets.US_ASCII);
    }

    /** An order with as many lines as fit, and a note that fills the rest. */
    static Payload json(int size) {
        return json("/payments", size);
    }

    /** The same order, to another path. */
    static Payload json(String path, int size) {
        return new Payload(
                path,
                "application/json",
                filled(size, note -> "{" + ORDER + lines(size) + ",\"note\":\"" + text(note) + "\"}"));
    }

    static Payload form(int size) {
        return new Payload(
                "/payments/form",
                "application/x-www-form-urlencoded",
                filled(size, note -> FIELDS + "&note=" + text(note)));
    }

    static Payload multipart(int size) {
        return new Payload(
                "/payments/receipts",
                "multipart/form-data; boundary=" + BOUNDARY,
                filled(Math.max(size, 700), note -> multipartOf(text(note))));
    }

    private static String multipartOf(String content) {
        StringBuilder body = new StringBuilder();
        for (String field : FIELDS.split("&", -1)) {
            int equals = field.indexOf('=');
            part(body, "name=\"" + field.substring(0, equals) + "\"", field.substring(equals + 1));
        }
        part(body, "name=\"receipt\"; filename=\"receipt.txt\"\r\nContent-Type: text/plain", content);
        return body.append("--" + BOUNDARY + "--\r\n").toString();
    }

    private static void part(StringBuilder body, String head, String content) {
        body.append("--" + BOUNDARY + "\r\nContent-Disposition: form-data; ")
                .append(head)
                .append("\r\n\r\n")
                .append(content)
                .append("\r\n");
    }

    private static String lines(int size) {
        if (size < 1000) {
            return "";
        }
        StringBuilder lines = new StringBuilder(size).append(",\"lines\":[");
        for (int i = 0; lines.length() < size - 400; i++) {
            lines.append(i == 0 ? "" : ",")
                    .append("{\"article\":\"A-")
                    .append(100_000 + i)
                    .append("\",\"quantity\":")
                    .append(1 + i % 9)
                    .append(",\"price\":")
                    .append(i % 1000)
                    .append(".95}");
        }
        return lines.append(']').toString();
    }

    private static String filled(int size, IntFunction<String> body) {
        return body.apply(Math.max(0, size - body.apply(0).length()));
    }

    private static String text(int length) {
        return "lorem-ipsum.".repeat(length / 12 + 1).substring(0, length);
    }

    String path() {
        return path;
    }

    String contentType() {
        return contentType;
    }

    int size() {
        return body.length;
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(body);
    }
}
