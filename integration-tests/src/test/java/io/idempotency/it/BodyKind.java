package io.idempotency.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A body as a client may send it. */
record BodyKind(
        String name,
        @Nullable String contentType,
        byte[] bytes,
        boolean chunked,
        @Nullable String encoding) {

    static final String FORM = "application/x-www-form-urlencoded";

    static List<BodyKind> all() {
        String json = "{\"a\": \"größe\", \"n\": 1.50}";
        return List.of(
                of("json", "application/json", utf8(json)),
                of("json in utf-16", "application/json;charset=UTF-16", json.getBytes(StandardCharsets.UTF_16)),
                of("malformed json", "application/json", utf8("{\"a\":")),
                of("text", "text/plain;charset=UTF-8", utf8("größe\r\nzwei")),
                of("text in latin-1", "text/plain;charset=ISO-8859-1", latin1("größe")),
                of("text without charset", "text/plain", utf8("größe")),
                of("text in an unknown charset", "text/plain;charset=no-such", utf8("a")),
                of("bytes", "application/octet-stream", new byte[] {0, -1, 13, 10, 127}),
                of("no content type", null, utf8("größe")),
                of("malformed content type", "a b/c", utf8("a")),
                of("gzip", "application/json", gzip(utf8(json))).encoded("gzip"),
                of("chunked json", "application/json", utf8(json)).inChunks(),
                of("empty", null, new byte[0]),
                of("empty json", "application/json", new byte[0]),
                of("empty form", FORM, new byte[0]),
                of("form", FORM, utf8("a=1&b=gr%C3%B6%C3%9Fe&a=2&q=body")),
                of("chunked form", FORM, utf8("a=1&b=x")).inChunks(),
                of("form with charset", FORM + ";charset=UTF-8", utf8("a=%C3%BC&b=ü")),
                of("form in upper case", FORM.toUpperCase(java.util.Locale.ROOT), utf8("a=1")),
                of("form with plus, empty and valueless", FORM, utf8("a=1+2&b&a=&&q==")),
                of("form in an unknown charset", FORM + ";charset=no-such", utf8("a=1")),
                multipart("multipart", "boundary-1"),
                multipart("chunked multipart", "boundary-1").inChunks(),
                of("multipart without boundary", "multipart/form-data", utf8("--x\r\n\r\na\r\n--x--\r\n")),
                of(
                        "cut-off multipart",
                        "multipart/form-data; boundary=x",
                        utf8("--x\r\nContent-Disposition: form-data; na")),
                of("empty multipart", "multipart/form-data; boundary=x", utf8("--x--\r\n")),
                of("mixed multipart", "multipart/mixed; boundary=x", utf8("--x\r\n\r\na\r\n--x--\r\n")));
    }

    /** POSTed, they are refused by Tomcat 11; Tomcat 10 drops what it cannot decode and goes on without it. */
    static List<BodyKind> malformedForms() {
        return List.of(
                of("form in latin-1", FORM + "; charset=ISO-8859-1", latin1("a=%FC&b=ü")),
                of("form with a cut-off escape", FORM, utf8("a=1&b=%4")),
                of("form with a wrong escape", FORM, utf8("a=%zz&b=1")),
                of("form without a name", FORM, utf8("=1&b=1")),
                of("form with wrong utf-8", FORM, utf8("a=%FF&b=1")),
                of("gzipped form", FORM, gzip(utf8("a=1"))).encoded("gzip"));
    }

    static BodyKind multipart(String name, String boundary) {
        String body = part(boundary, "name=\"a\"", null, "größe")
                + part(boundary, "name=\"meta\"; filename=\"meta.json\"", "application/json", "{\"m\": 1}")
                + part(boundary, "name=\"file\"; filename=\"größe.bin\"", "application/octet-stream", "\u0000\r\n--no")
                + part(boundary, "name=\"file\"; filename=\"\"", "application/octet-stream", "")
                + part(boundary, "name=\"a\"", "text/plain;charset=UTF-8", "2")
                + "--" + boundary + "--\r\n";
        return of(name, "multipart/form-data; boundary=" + boundary, utf8(body));
    }

    static String part(String boundary, String disposition, @Nullable String contentType, String content) {
        return "--" + boundary + "\r\nContent-Disposition: form-data; " + disposition + "\r\n"
                + (contentType == null ? "" : "Content-Type: " + contentType + "\r\n") + "\r\n" + content + "\r\n";
    }

    static BodyKind of(String name, @Nullable String contentType, byte[] bytes) {
        return new BodyKind(name, contentType, bytes, false, null);
    }

    BodyKind inChunks() {
        return new BodyKind(name, contentType, bytes, true, encoding);
    }

    private BodyKind encoded(String coding) {
        return new BodyKind(name, contentType, bytes, chunked, coding);
    }

    RawRequest request(String method, String target) {
        RawRequest request = RawRequest.of(method, target)
                .header("Content-Type", contentType)
                .header("Content-Encoding", encoding);
        return chunked ? request.chunked(bytes) : request.body(bytes);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] latin1(String text) {
        return text.getBytes(Charset.forName("ISO-8859-1"));
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }

    @Override
    public String toString() {
        return name;
    }
}
