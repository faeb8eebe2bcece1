package io.idempotency.examples.provider.payments;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A reservation that no payment was booked for: one that is in work, or one that nobody came back to.
 *
 * @param order the order
 * @param amount how much was to be paid
 * @param charge the provider's charge, or null if it has not charged
 */
record Unbooked(String order, BigDecimal amount, @Nullable String charge) {}
