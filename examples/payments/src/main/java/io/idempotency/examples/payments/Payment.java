package io.idempotency.examples.payments;

import java.math.BigDecimal;

/** A payment that was made. */
record Payment(long id, String from, String to, BigDecimal amount) {}
