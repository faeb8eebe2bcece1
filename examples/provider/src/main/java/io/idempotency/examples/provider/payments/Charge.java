package io.idempotency.examples.provider.payments;

import java.math.BigDecimal;

/** What the provider has taken. */
record Charge(String id, BigDecimal amount) {}
