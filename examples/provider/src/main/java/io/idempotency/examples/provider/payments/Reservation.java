package io.idempotency.examples.provider.payments;

import java.math.BigDecimal;

/** What is written down before the provider is called: what it will be asked for, and under which key. */
record Reservation(long id, String order, BigDecimal amount, String chargeKey) {}
