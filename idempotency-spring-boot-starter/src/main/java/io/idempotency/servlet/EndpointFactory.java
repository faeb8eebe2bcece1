package io.idempotency.servlet;

import io.idempotency.Idempotent;
import io.idempotency.core.IdempotencyConfigurationException;
import io.idempotency.core.Lease;
import io.idempotency.core.OutcomePolicy;
import io.idempotency.core.TransactionSettings;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;

/** Reads what a controller's method declares, and refuses by name what cannot work. */
public final class EndpointFactory {

    private static final Duration SHORTEST_RETENTION = Duration.ofMillis(1);
    private static final Duration LONGEST_RETENTION = Duration.ofDays(36_500);

    private final EndpointDefaults defaults;
    private final Function<String, Duration> durations;
    private final LeaseFactory leases;

    /**
     * A factory.
     *
     * @param defaults what an endpoint gets where its annotation says nothing
     * @param durations resolves placeholders and reads a duration; raises {@link IllegalArgumentException} for anything else
     */
    public EndpointFactory(EndpointDefaults defaults, Function<String, Duration> durations) {
        this.defaults = defaults;
        this.durations = durations;
        this.leases = new LeaseFactory(defaults.lease(), this::duration);
    }

    GuardedEndpoint create(HandlerMethod handler, Idempotent annotation) {
        String name = HandlerNames.of(handler);
        TransactionSettings transaction =
                new TransactionSettings(IsolationLevels.of(annotation.isolation()), timeout(annotation, name));
        Duration retention = retention(annotation, name);
        Lease lease = leases.of(annotation, retention, name);
        if (lease == null) {
            HandlerRules.requireSynchronous(handler);
            HandlerRules.requireIsolationOf(handler, transaction.isolation(), defaults.isolation());
        } else {
            HandlerRules.requireOneAnswer(handler);
        }
        return new GuardedEndpoint(
                handler,
                annotation.required(),
                retention,
                transaction,
                fingerprint(annotation, name),
                outcomes(annotation, name),
                lease);
    }

    private Duration retention(Idempotent annotation, String name) {
        return annotation.retention().isEmpty()
                ? defaults.retention()
                : requireRetention(
                        duration(annotation.retention(), "retention", name), "@Idempotent(retention) of " + name);
    }

    /**
     * Checks the bounds of a retention.
     *
     * @param retention the retention
     * @param origin where it stands, for the message
     * @return the retention
     * @throws IdempotencyConfigurationException if it is shorter than a millisecond or longer than 36,500 days
     */
    public static Duration requireRetention(Duration retention, String origin) {
        if (retention.compareTo(SHORTEST_RETENTION) < 0 || retention.compareTo(LONGEST_RETENTION) > 0) {
            throw new IdempotencyConfigurationException(
                    origin + " is " + retention + ", which is no time for which a response can be kept.",
                    "Choose a positive duration of at most 36500d, longer than any client goes on retrying.");
        }
        return retention;
    }

    private @Nullable Duration timeout(Idempotent annotation, String name) {
        if (annotation.timeout().isEmpty()) {
            return null;
        }
        Duration timeout = duration(annotation.timeout(), "timeout", name);
        if (timeout.toSeconds() < 1 || timeout.toSeconds() > Integer.MAX_VALUE || timeout.toNanosPart() != 0) {
            throw new IdempotencyConfigurationException(
                    "@Idempotent(timeout) of " + name + " is " + timeout + ", which no transaction can be given.",
                    "Choose a whole number of seconds, at least one, for example \"10s\".");
        }
        return timeout;
    }

    private Duration duration(String text, String attribute, String name) {
        try {
            return durations.apply(text);
        } catch (IllegalArgumentException e) {
            throw new IdempotencyConfigurationException(
                    "@Idempotent(" + attribute + ") of " + name + " is '" + text + "', which is no duration: "
                            + e.getMessage(),
                    "Write a duration as \"24h\", \"30m\" or \"10s\", or a placeholder for one.");
        }
    }

    private static FingerprintOptions fingerprint(Idempotent annotation, String name) {
        try {
            return new FingerprintOptions(
                    annotation.rawBody(), IgnoredMembers.of(annotation.ignore()), headerNames(annotation, name));
        } catch (IllegalArgumentException e) {
            throw new IdempotencyConfigurationException(
                    "@Idempotent(ignore) of " + name + " cannot be read: " + e.getMessage(),
                    "Write JSON pointers (RFC 6901), for example \"/clientTimestamp\".");
        }
    }

    private static List<String> headerNames(Idempotent annotation, String name) {
        for (String header : annotation.fingerprintHeaders()) {
            if (!HeaderNames.isToken(header)) {
                throw new IdempotencyConfigurationException(
                        "@Idempotent(fingerprintHeaders) of " + name + " has '" + header
                                + "', which no request can carry.",
                        "Write names that HTTP allows for header fields, for example \"X-Tenant\".");
            }
        }
        return List.of(annotation.fingerprintHeaders());
    }

    private OutcomePolicy outcomes(Idempotent annotation, String name) {
        return annotation.releaseStatuses().length == 0
                ? defaults.outcomes()
                : ReleaseStatuses.of(List.of(annotation.releaseStatuses()), "@Idempotent(releaseStatuses) of " + name);
    }
}
