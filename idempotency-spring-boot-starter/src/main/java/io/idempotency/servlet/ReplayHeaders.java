package io.idempotency.servlet;

import io.idempotency.core.StoredResponse.Header;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Chooses the header fields that belong to an answer and not to its transmission: those, and no others, are replayed. */
final class ReplayHeaders {

    private static final String CONTENT_TYPE = "Content-Type";

    private final List<String> names;

    ReplayHeaders(Collection<String> names) {
        this.names = List.copyOf(names);
    }

    List<Header> of(HttpServletResponse response) {
        List<Header> headers = new ArrayList<>();
        for (String name : names) {
            if (CONTENT_TYPE.equalsIgnoreCase(name)) {
                // Containers keep it apart from the other fields until the response is committed.
                String contentType = response.getContentType();
                if (contentType != null) {
                    headers.add(new Header(CONTENT_TYPE, contentType));
                }
            } else if (response.containsHeader(name)) {
                for (String value : response.getHeaders(name)) {
                    headers.add(new Header(name, value));
                }
            }
        }
        return headers;
    }
}
