package io.idempotency.servlet;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The header fields a response had at one moment, to take it back there. */
final class HeaderSnapshot {

    private final List<Map.Entry<String, String>> fields = new ArrayList<>();
    private final @Nullable String contentType;

    HeaderSnapshot(HttpServletResponse response) {
        for (String name : response.getHeaderNames()) {
            // Tomcat names a field as often as it is there.
            if (!knows(name)) {
                for (String value : response.getHeaders(name)) {
                    fields.add(Map.entry(name, value));
                }
            }
        }
        contentType = response.getContentType();
    }

    private boolean knows(String name) {
        for (Map.Entry<String, String> field : fields) {
            if (field.getKey().equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    /** Takes status, headers, cookies and body back; the response must not be committed. */
    void restore(HttpServletResponse response) {
        response.reset();
        if (contentType != null) {
            response.setContentType(contentType);
        }
        for (Map.Entry<String, String> field : fields) {
            if (!"Content-Type".equalsIgnoreCase(field.getKey())) {
                response.addHeader(field.getKey(), field.getValue());
            }
        }
    }
}
