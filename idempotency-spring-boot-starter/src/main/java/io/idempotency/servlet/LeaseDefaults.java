package io.idempotency.servlet;

import io.idempotency.core.Takeover;
import java.time.Duration;

/**
 * What a leased endpoint gets where its {@code @Idempotent} says nothing.
 *
 * @param duration how long a lease is honoured after it was last renewed
 * @param shortest the shortest that can be renewed in time
 * @param lifetime how long it can be renewed at most
 * @param onTakeover what a retry gets when a lease has ended
 */
public record LeaseDefaults(Duration duration, Duration shortest, Duration lifetime, Takeover onTakeover) {}
