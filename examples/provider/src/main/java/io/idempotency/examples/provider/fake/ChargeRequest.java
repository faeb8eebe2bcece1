package io.idempotency.examples.provider.fake;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.math.BigDecimal;

/** What is to be charged. */
record ChargeRequest(@NotNull @Positive BigDecimal amount) {}
