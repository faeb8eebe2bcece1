package io.idempotency.autoconfigure;

import io.idempotency.core.IdempotencyConfigurationException;
import io.idempotency.servlet.EndpointFactory;
import io.idempotency.servlet.HeaderNames;
import java.time.Duration;

/** Refuses, by name, property values that can be read but not used. */
final class PropertyRules {

    private static final long LARGEST_BODY = Integer.MAX_VALUE - 16L;

    private PropertyRules() {}

    static IdempotencyProperties require(IdempotencyProperties properties) {
        EndpointFactory.requireRetention(properties.retention(), "idempotency.retention");
        headerName(properties.key().header(), "idempotency.key.header");
        headerName(properties.replayHeader(), "idempotency.replay-header");
        properties.response().replayHeaders().forEach(name -> headerName(name, "idempotency.response.replay-headers"));
        bodySize(properties.request().maxBodySize().toBytes(), "idempotency.request.max-body-size");
        bodySize(properties.response().maxBodySize().toBytes(), "idempotency.response.max-body-size");
        notNegative(properties.inProgress().waitFor(), "idempotency.in-progress.wait");
        notNegative(properties.inProgress().retryAfter(), "idempotency.in-progress.retry-after");
        if (properties.purge().interval().toMillis() < 1) {
            throw unusable(
                    "idempotency.purge.interval",
                    properties.purge().interval(),
                    "Choose a positive duration, or" + " idempotency.purge.enabled=false.");
        }
        if (properties.purge().batchSize() < 1) {
            throw unusable(
                    "idempotency.purge.batch-size", properties.purge().batchSize(), "Choose a number of at least 1.");
        }
        return properties;
    }

    private static void headerName(String name, String property) {
        if (!HeaderNames.isToken(name)) {
            throw unusable(property, "'" + name + "'", "Choose a name that HTTP allows for a header field.");
        }
    }

    private static void bodySize(long bytes, String property) {
        if (bytes < 0 || bytes > LARGEST_BODY) {
            throw unusable(property, bytes + " bytes", "Choose a size between 0B and 2047MB, for example 1MB.");
        }
    }

    private static void notNegative(Duration duration, String property) {
        if (duration.isNegative() || duration.compareTo(Duration.ofDays(1)) > 0) {
            throw unusable(property, duration, "Choose a duration between 0s and 1d.");
        }
    }

    private static IdempotencyConfigurationException unusable(String property, Object value, String action) {
        return new IdempotencyConfigurationException(property + " is " + value + ", which cannot be used.", action);
    }
}
