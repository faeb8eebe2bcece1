package io.idempotency.autoconfigure;

import io.idempotency.AbandonedKeyOperations;
import io.idempotency.core.AbandonedKey;
import io.idempotency.core.ResponseContent.Body;
import io.idempotency.core.StoredResponse;
import io.idempotency.core.StoredResponse.Header;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * Finds and resolves abandoned keys. Shows neither keys nor bodies.
 *
 * <p>Closed until it is opened twice: by {@code idempotency.abandoned-keys.enabled} and by
 * {@code management.endpoint.abandonedkeys.access}.
 */
@Endpoint(id = "abandonedkeys", defaultAccess = Access.NONE)
final class AbandonedKeysEndpoint {

    private static final int SHOWN = 100;
    private static final int FIRST_FINAL_STATUS = 200;
    private static final int LAST_STATUS = 599;

    private final AbandonedKeyOperations keys;

    AbandonedKeysEndpoint(AbandonedKeyOperations keys) {
        this.keys = keys;
    }

    /** The hundred that wait longest. */
    @ReadOperation
    Found find() {
        return new Found(keys.find(SHOWN).stream().map(Key::of).toList());
    }

    /** Forgets what the attempt may have done: the next request for the key executes. */
    @DeleteOperation
    WebEndpointResponse<Refused> executeAgain(@Selector String id) {
        return answer(() -> keys.executeAgain(id));
    }

    /** Answers for the attempt: retries are answered with this. Boot 3.5 knows what is optional by Spring's own annotation alone. */
    @WriteOperation
    @SuppressWarnings("deprecation")
    WebEndpointResponse<Refused> complete(
            @Selector String id,
            int status,
            @org.springframework.lang.Nullable String contentType,
            @org.springframework.lang.Nullable String location,
            @org.springframework.lang.Nullable String body) {
        List<Header> headers = new ArrayList<>();
        if (contentType != null) {
            headers.add(new Header("Content-Type", contentType));
        }
        if (location != null) {
            headers.add(new Header("Location", location));
        }
        byte[] bytes = (body == null ? "" : body).getBytes(StandardCharsets.UTF_8);
        return answer(() -> keys.complete(id, new StoredResponse(requireFinal(status), headers, new Body(bytes))));
    }

    private static int requireFinal(int status) {
        if (status < FIRST_FINAL_STATUS || status > LAST_STATUS) {
            throw new IllegalArgumentException("An answer has a status from 200 to 599; this one has " + status + ".");
        }
        return status;
    }

    private static WebEndpointResponse<Refused> answer(BooleanSupplier resolution) {
        try {
            return new WebEndpointResponse<>(
                    resolution.getAsBoolean()
                            ? WebEndpointResponse.STATUS_NO_CONTENT
                            : WebEndpointResponse.STATUS_NOT_FOUND);
        } catch (IllegalArgumentException e) {
            return new WebEndpointResponse<>(new Refused(e.getMessage()), WebEndpointResponse.STATUS_BAD_REQUEST);
        }
    }

    /** Why nothing was done. */
    record Refused(@Nullable String message) {}

    /** What there is. */
    record Found(List<Key> keys) {}

    /** One key, by its digest; the time since its lease ended, as ISO 8601 writes durations. */
    record Key(String id, int attempt, String since) {

        static Key of(AbandonedKey key) {
            return new Key(key.id(), key.attempt(), key.since().toString());
        }
    }
}
