package io.idempotency.core;

import io.idempotency.core.ResponseContent.Body;
import io.idempotency.core.ResponseContent.ContainerError;
import io.idempotency.core.ResponseContent.ContainerRedirect;
import io.idempotency.core.StoredResponse.Header;
import org.jspecify.annotations.Nullable;

/** How much memory a remembered response takes with all that belongs to its record: estimated from above. */
final class Footprint {

    /** Key, fingerprint, durations, entries of map and queue, and the response apart from what follows. */
    static final int RECORD = 640;

    /** A header's objects without their characters. */
    static final int HEADER = 128;

    private static final int CHARACTER = 2;

    private Footprint() {}

    static long of(StoredResponse response) {
        long bytes = RECORD + of(response.content());
        for (Header header : response.headers()) {
            bytes += HEADER + of(header.name()) + of(header.value());
        }
        return bytes;
    }

    private static long of(ResponseContent content) {
        if (content instanceof Body body) {
            return body.bytes().length;
        }
        if (content instanceof ContainerRedirect redirect) {
            return of(redirect.location());
        }
        return content instanceof ContainerError error ? of(error.message()) : 0;
    }

    private static long of(@Nullable String text) {
        return text == null ? 0 : (long) CHARACTER * text.length();
    }
}
