package io.idempotency.examples.provider.payments;

import java.math.BigDecimal;

/** A payment that was booked, with the provider's charge behind it. */
record Payment(long id, String order, BigDecimal amount, String charge) {}
