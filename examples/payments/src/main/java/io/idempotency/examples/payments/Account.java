package io.idempotency.examples.payments;

import java.math.BigDecimal;

/** An account. */
record Account(String id, BigDecimal balance) {}
