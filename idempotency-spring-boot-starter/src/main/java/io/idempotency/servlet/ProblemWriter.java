package io.idempotency.servlet;

import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Answers with a problem document (RFC 9457). Thread-safe. */
final class ProblemWriter {

    private static final String CONTENT_TYPE = "application/problem+json";
    private static final String URN = "urn:idempotency:problem:";

    private final JsonFactory json = new JsonFactory();
    private final @Nullable String documentationUri;
    private final long retryAfterSeconds;

    ProblemWriter(@Nullable String documentationUri, Duration retryAfter) {
        this.documentationUri = documentationUri;
        this.retryAfterSeconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
    }

    /** Sends the problem; the response must be neither committed nor written to. */
    void write(HttpServletResponse response, Problem problem, Object... arguments) throws IOException {
        response.setStatus(problem.status());
        response.setContentType(CONTENT_TYPE);
        response.setHeader("Cache-Control", "no-store");
        if (problem.asksForRetry()) {
            // RFC 9110, section 10.2.3: whole seconds.
            response.setHeader("Retry-After", Long.toString(retryAfterSeconds));
        }
        if (documentationUri != null) {
            response.addHeader("Link", "<" + documentationUri + ">; rel=\"describedby\"");
        }
        byte[] document = document(problem, problem.detail(arguments));
        response.setContentLength(document.length);
        response.getOutputStream().write(document);
    }

    private byte[] document(Problem problem, String detail) {
        String type = documentationUri == null ? URN + problem.code() : documentationUri + "#" + problem.code();
        ByteArrayOutputStream document = new ByteArrayOutputStream();
        try (JsonGenerator generator = json.createGenerator(ObjectWriteContext.empty(), document)) {
            generator.writeStartObject();
            generator.writeStringProperty("type", type);
            generator.writeStringProperty("title", problem.title());
            generator.writeNumberProperty("status", problem.status());
            generator.writeStringProperty("detail", detail);
            generator.writeStringProperty("code", problem.code());
            generator.writeEndObject();
        }
        return document.toByteArray();
    }
}
