package io.idempotency.autoconfigure;

import io.idempotency.autoconfigure.IdempotencyProperties.Lease;
import io.idempotency.autoconfigure.IdempotencyProperties.RecentCompletions;
import io.idempotency.core.IdempotencyConfigurationException;
import io.idempotency.servlet.EndpointFactory;
import io.idempotency.servlet.HeaderNames;
import java.time.Duration;
import org.springframework.util.unit.DataSize;

/** Refuses, by name, property values that can be read but not used. */
final class PropertyRules {

    /** A body is an array in memory. */
    private static final DataSize LARGEST_REQUEST = DataSize.ofMegabytes(2047);

    /** PostgreSQL takes no value over 1 GB, and its text form has two characters for a byte. */
    private static final DataSize LARGEST_KEPT = DataSize.ofMegabytes(256);

    /** A scheduler counts in nanoseconds, of which there are enough for this. */
    private static final Duration LONGEST_INTERVAL = Duration.ofDays(36_500);

    /** With less, an ordinary answer would have no room. */
    private static final DataSize SMALLEST_MEMORY = DataSize.ofKilobytes(64);

    /** It is a memory: what is done to the table by hand has to show. */
    private static final Duration LONGEST_MEMORY = Duration.ofHours(1);

    private PropertyRules() {}

    static IdempotencyProperties require(IdempotencyProperties properties) {
        EndpointFactory.requireRetention(properties.retention(), "idempotency.retention");
        headerName(properties.key().header(), "idempotency.key.header");
        headerName(properties.replayHeader(), "idempotency.replay-header");
        properties.response().replayHeaders().forEach(PropertyRules::replayed);
        bodySize(properties.request().maxBodySize(), LARGEST_REQUEST, "idempotency.request.max-body-size");
        bodySize(properties.response().maxBodySize(), LARGEST_KEPT, "idempotency.response.max-body-size");
        notNegative(properties.inProgress().waitFor(), "idempotency.in-progress.wait");
        notNegative(properties.inProgress().retryAfter(), "idempotency.in-progress.retry-after");
        Duration interval = properties.purge().interval();
        if (interval.compareTo(Duration.ofMillis(1)) < 0 || interval.compareTo(LONGEST_INTERVAL) > 0) {
            throw unusable(
                    "idempotency.purge.interval",
                    interval,
                    "Choose a duration between 1ms and 36500d, or idempotency.purge.enabled=false.");
        }
        if (properties.purge().batchSize() < 1) {
            throw unusable(
                    "idempotency.purge.batch-size", properties.purge().batchSize(), "Choose a number of at least 1.");
        }
        recentCompletions(properties.recentCompletions());
        lease(properties.lease());
        return properties;
    }

    private static void lease(Lease lease) {
        Duration interval = lease.renewalInterval();
        if (interval.compareTo(Duration.ofMillis(1)) < 0 || interval.compareTo(Duration.ofHours(1)) > 0) {
            throw unusable("idempotency.lease.renewal-interval", interval, "Choose a duration between 1ms and 1h.");
        }
        Duration lifetime = lease.maxLifetime();
        if (lifetime.compareTo(LONGEST_INTERVAL) > 0 || lifetime.compareTo(shortest(lease)) < 0) {
            throw unusable(
                    "idempotency.lease.max-lifetime",
                    lifetime,
                    "Choose a duration between " + shortest(lease)
                            + ", three times idempotency.lease.renewal-interval, and 36500d.");
        }
        if (lease.duration().compareTo(shortest(lease)) < 0 || lease.duration().compareTo(lifetime) > 0) {
            throw unusable(
                    "idempotency.lease.duration",
                    lease.duration(),
                    "Choose a duration between " + shortest(lease)
                            + ", three times idempotency.lease.renewal-interval, and " + lifetime
                            + ", which is idempotency.lease.max-lifetime.");
        }
    }

    /** Two renewals may fail before a lease ends. */
    static Duration shortest(Lease lease) {
        return lease.renewalInterval().multipliedBy(3);
    }

    private static void recentCompletions(RecentCompletions recent) {
        if (recent.maxSize().compareTo(SMALLEST_MEMORY) < 0) {
            throw unusable(
                    "idempotency.recent-completions.max-size",
                    recent.maxSize(),
                    "Choose a size of at least 64KB, or idempotency.recent-completions.enabled=false.");
        }
        Duration maxAge = recent.maxAge();
        if (maxAge.compareTo(Duration.ofMillis(1)) < 0 || maxAge.compareTo(LONGEST_MEMORY) > 0) {
            throw unusable(
                    "idempotency.recent-completions.max-age",
                    maxAge,
                    "Choose a duration between 1ms and 1h, or idempotency.recent-completions.enabled=false.");
        }
    }

    private static void replayed(String name) {
        String property = "idempotency.response.replay-headers";
        headerName(name, property);
        if (!HeaderNames.isReplayable(name)) {
            throw unusable(
                    property,
                    "'" + name + "'",
                    "Leave it out: it belongs to one answer and not to its replays. Filters in front may add it to both.");
        }
    }

    private static void headerName(String name, String property) {
        if (!HeaderNames.isToken(name)) {
            throw unusable(property, "'" + name + "'", "Choose a name that HTTP allows for a header field.");
        }
    }

    private static void bodySize(DataSize size, DataSize largest, String property) {
        if (size.isNegative() || size.compareTo(largest) > 0) {
            throw unusable(
                    property, size, "Choose a size between 0B and " + largest.toMegabytes() + "MB, for example 1MB.");
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
