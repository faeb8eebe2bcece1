package io.idempotency.servlet;

import io.idempotency.core.ResponseContent.Body;
import io.idempotency.core.StoredResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Sends the first answer again, with nothing added but the marker and a word to caches. Thread-safe. */
final class ReplayWriter {

    private final String markerHeader;

    ReplayWriter(String markerHeader) {
        this.markerHeader = markerHeader;
    }

    void write(HttpServletResponse response, StoredResponse stored) throws IOException {
        response.setStatus(stored.status());
        stored.headers().forEach(header -> response.addHeader(header.name(), header.value()));
        response.setHeader("Cache-Control", "no-store");
        response.setHeader(markerHeader, "true");
        if (stored.content() instanceof Body body) {
            if (body.bytes().length > 0) {
                response.getOutputStream().write(body.bytes());
            }
        } else {
            ContainerAnswers.send(response, stored.status(), stored.content());
        }
    }
}
