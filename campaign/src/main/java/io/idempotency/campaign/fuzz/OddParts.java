package io.idempotency.campaign.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.zip.GZIPOutputStream;

/** Pieces of requests that mean something else to everyone who reads them. */
final class OddParts {

    static final Mutator KEYS = new Mutator(new KeyTarget().tokens(), 400);
    static final Mutator BODIES = new Mutator(new JsonTarget().tokens(), 5000);

    static final List<String> MULTIPARTS = new MultipartTarget().seeds();
    static final Mutator MULTIPART = new Mutator(new MultipartTarget().tokens(), 5000);

    static final Mutator WIRES = new Mutator(
            List.of(
                    "\r\n",
                    "\n",
                    "\r",
                    "\r\n\r\n",
                    "\n\n",
                    ":",
                    " ",
                    "\t",
                    "\0",
                    "Idempotency-Key: raw\r\n",
                    "Content-Length: 0\r\n",
                    "Transfer-Encoding: chunked\r\n",
                    "POST /bytes HTTP/1.1\r\n",
                    "0\r\n\r\n",
                    "HTTP/1.1",
                    "/",
                    "%",
                    ";",
                    "\u00ff",
                    "\"",
                    ","),
            20_000);

    static final List<String> NOT_ASCII =
            List.of("\u00e9", "\u00c3\u00a9", "\u00f0\u009f\u0098\u0080", "\u007f", "\0", "\1", "\u0085");
    static final List<String> PARAMETERS =
            List.of("", ";a", "; a=1", ";a=?1;b=:AA==:", ";", ";A=1", ";a=", ",\"b\"", " x");
    static final List<String> LENGTHS = List.of(
            "-1", "+2", "0x2", "99999999999999999999", "2147483648", "1048577", "", "2,2", "2 2", "\"2\"", "1e1");
    static final List<String> SIZES = List.of(
            "",
            "-1",
            "g",
            "0x2",
            "ffffffff",
            "7fffffffffffffff",
            "00000000000000000002",
            "2 ",
            " 2",
            "2;",
            "2;a=\"\n\"",
            "1");
    static final List<String> CODINGS = List.of(
            "chunked, chunked",
            "gzip, chunked",
            "identity",
            "CHUNKED",
            "chunked\r\nTransfer-Encoding: chunked",
            "x",
            "",
            "\tchunked");
    static final List<String> PATHS = List.of(
            "PATH/",
            "/PATH",
            "PATH;a=b",
            "/;xPATH",
            "/.PATH",
            "/x/..PATH",
            "PATH/..",
            "PATH%00",
            "PATH%2f",
            "PATH%",
            "PATH%zz",
            "PATH\\",
            "PATH#f",
            "PATH%3Ba",
            "PATH.json",
            "*",
            "x",
            "PATH%20",
            "PATH|",
            "PATH\u00e9",
            "PATH;jsessionid=1",
            "PATH;Idempotency-Key=x");
    static final List<String> QUERIES = List.of(
            "a=1",
            "a=%zz",
            "=",
            "&&",
            "%",
            "a=%00",
            "a[]={}",
            "\u00e9",
            "a=1&a=2",
            "a=%ff",
            "_method=DELETE",
            "x".repeat(9000));
    static final List<String> METHODS = List.of(
            "PUT", "PATCH", "DELETE", "GET", "HEAD", "OPTIONS", "TRACE", "CONNECT", "post", "BREW", "P\tOST", "");
    static final List<String> HOSTS = List.of("", "a\r\nHost: b", "a b", "[::1", "\u00e9", "x:99999", "localhost:1");
    static final List<String> TYPES = List.of(
            "",
            "x",
            "application/json; charset=utf-16",
            "application/json; charset=nobody-knows",
            "application/json;charset=\"utf-8",
            "text/json",
            "application/x-www-form-urlencoded; charset=utf-7",
            "application/x-www-form-urlencoded;charset=",
            "multipart/form-data",
            "multipart/form-data; boundary=",
            "multipart/form-data; boundary=c",
            "multipart/mixed; boundary=b",
            "Multipart/Form-Data; Boundary=\"b\"",
            "application/json, text/plain",
            "*/*",
            "application/+json",
            "\u00e9/\u00e9");
    static final List<String> FIELDS = List.of(
            "Accept: x",
            "Accept: application/xml",
            "Accept-Language: \u00e9",
            "Range: bytes=0-1",
            "If-Match: *",
            "If-None-Match: *",
            "Origin: http://other",
            "Cookie: a=\u0001; =",
            "X-HTTP-Method-Override: GET",
            "Forwarded: for=\"",
            "X-Forwarded-Host: a,b",
            "Upgrade: h2c",
            "HTTP2-Settings: x",
            ": empty",
            "X\u00e9: 1",
            "X",
            "X: \0",
            "Authorization: Basic !",
            "Content-Language: ",
            "TE: trailers",
            "Trailer: Idempotency-Key",
            "Content-Encoding: br",
            "Idempotent-Replayed: true",
            "X-Forwarded-Prefix: /x");

    private OddParts() {}

    static String chunks(String body, String extension, Choice choice) {
        StringBuilder chunks = new StringBuilder();
        for (int from = 0; from < body.length(); ) {
            int to = Math.min(body.length(), from + choice.length(10_000));
            chunks.append(Integer.toHexString(to - from)).append(extension).append("\r\n");
            chunks.append(body, from, to).append("\r\n");
            from = to;
        }
        return chunks.toString();
    }

    static String zipped(String body) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(Latin1.bytes(body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Latin1.text(zipped.toByteArray());
    }

    static String encoded(String path, Choice choice) {
        StringBuilder encoded = new StringBuilder();
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            encoded.append(
                    choice.oneIn(3) && (c != '/' || choice.oneIn(6))
                            ? String.format("%%%02x", (int) c)
                            : String.valueOf(c));
        }
        return encoded.toString();
    }

    static void times(int times, IntConsumer work) {
        for (int i = 0; i < times; i++) {
            work.accept(i);
        }
    }
}
