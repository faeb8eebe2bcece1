package io.idempotency.servlet;

import io.idempotency.core.LengthPrefixedDigest;
import io.idempotency.core.RequestFingerprint;
import io.idempotency.servlet.GuardedBody.Bytes;
import io.idempotency.servlet.GuardedBody.Form;
import io.idempotency.servlet.GuardedBody.Multipart;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Digests what a request asks for: method, path, query as sent, media type, the header fields that the endpoint names, and the
 * body by its meaning. Thread-safe.
 */
final class RequestFingerprinter {

    private static final byte ALGORITHM_VERSION = 1;

    private RequestFingerprinter() {}

    static RequestFingerprint fingerprint(GuardedBody body, FingerprintOptions options) throws IOException {
        HttpServletRequest request = body.request();
        LengthPrefixedDigest digest = new LengthPrefixedDigest()
                .count(ALGORITHM_VERSION)
                .field(request.getMethod())
                .field(request.getRequestURI())
                .field(orEmpty(request.getQueryString()))
                .field(body.mediaType());
        addHeaders(digest, request, options.headers());
        addBody(digest, body, options);
        return RequestFingerprint.of(ALGORITHM_VERSION, digest.digest());
    }

    private static void addHeaders(LengthPrefixedDigest digest, HttpServletRequest request, List<String> names) {
        for (String name : names) {
            List<String> values = Collections.list(request.getHeaders(name));
            digest.count(values.size());
            values.forEach(digest::field);
        }
    }

    private static void addBody(LengthPrefixedDigest digest, GuardedBody body, FingerprintOptions options)
            throws IOException {
        if (body instanceof Form form) {
            digest.field("form").field(ParameterCanonicalizer.digest(form.parameters()));
        } else if (body instanceof Multipart multipart) {
            digest.field("multipart").field(MultipartCanonicalizer.digest(multipart.parts()));
        } else if (body instanceof Bytes bytes) {
            Optional<byte[]> meaning = options.raw() || !isJson(body.mediaType())
                    ? Optional.empty()
                    : JsonCanonicalizer.digest(bytes.request().body(), options.ignored());
            if (meaning.isPresent()) {
                digest.field("json").field(meaning.get());
            } else {
                digest.field("bytes").field(bytes.request().body());
            }
        } else {
            digest.field("unreadable");
        }
    }

    private static boolean isJson(String mediaType) {
        return mediaType.equals("application/json")
                || (mediaType.startsWith("application/") && mediaType.endsWith("+json"));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
