package io.idempotency.servlet;

import io.idempotency.Idempotent;
import io.idempotency.core.ExecutionMode;
import io.idempotency.core.IdempotencyConfigurationException;
import io.idempotency.core.Lease;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads what an endpoint declares about its lease, and refuses by name what cannot be kept. */
final class LeaseFactory {

    private final LeaseDefaults defaults;
    private final DurationReader durations;

    LeaseFactory(LeaseDefaults defaults, DurationReader durations) {
        this.defaults = defaults;
        this.durations = durations;
    }

    /** Reads a duration that an attribute of an endpoint's annotation gives. */
    @FunctionalInterface
    interface DurationReader {
        Duration read(String text, String attribute, String endpoint);
    }

    @Nullable
    Lease of(Idempotent annotation, Duration retention, String name) {
        if (annotation.mode() != ExecutionMode.LEASED) {
            requireNothingOfLeases(annotation, name);
            return null;
        }
        if (annotation.onTakeover().length > 1) {
            throw new IdempotencyConfigurationException(
                    "@Idempotent(onTakeover) of " + name + " names more than one answer.",
                    "Choose Takeover.EXECUTE or Takeover.REFUSE.");
        }
        return new Lease(
                duration(annotation, name),
                defaults.lifetime(),
                retention,
                annotation.onTakeover().length == 0
                        ? defaults.onTakeover()
                        : annotation.onTakeover()[0]);
    }

    private static void requireNothingOfLeases(Idempotent annotation, String name) {
        if (!annotation.lease().isEmpty() || annotation.onTakeover().length > 0) {
            throw new IdempotencyConfigurationException(
                    "@Idempotent of " + name + " declares a lease, but its mode is TRANSACTIONAL, which has none.",
                    "Add mode = ExecutionMode.LEASED, or take lease and onTakeover off it.");
        }
    }

    private Duration duration(Idempotent annotation, String name) {
        if (annotation.lease().isEmpty()) {
            return defaults.duration();
        }
        Duration lease = durations.read(annotation.lease(), "lease", name);
        if (lease.compareTo(defaults.shortest()) < 0 || lease.compareTo(defaults.lifetime()) > 0) {
            throw new IdempotencyConfigurationException(
                    "@Idempotent(lease) of " + name + " is " + lease + ", which cannot be kept.",
                    "Choose a duration between " + defaults.shortest()
                            + ", three times idempotency.lease.renewal-interval, and " + defaults.lifetime()
                            + ", which is idempotency.lease.max-lifetime.");
        }
        return lease;
    }
}
