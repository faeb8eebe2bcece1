package io.idempotency.core;

import java.time.Duration;

/**
 * A key whose last attempt ended unsettled, so that nobody knows what took effect of it.
 *
 * @param id the digest that names it, as {@link RecordKey#id}
 * @param attempt which attempt it was
 * @param since the time since its lease ended, by the store's clock
 */
public record AbandonedKey(String id, int attempt, Duration since) {}
