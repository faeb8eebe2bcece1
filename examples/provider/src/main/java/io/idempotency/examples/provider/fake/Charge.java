package io.idempotency.examples.provider.fake;

import java.math.BigDecimal;

/** Money that was taken. */
record Charge(String id, BigDecimal amount) {}
