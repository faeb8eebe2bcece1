package io.idempotency.examples.provider.payments;

import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.math.BigDecimal;

/** What a caller asks for: an order is to be paid. */
record PaymentRequest(
        @NotBlank String order,

        @NotNull @Positive @Digits(integer = 10, fraction = 2)
        BigDecimal amount) {}
