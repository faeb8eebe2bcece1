package io.idempotency.examples.payments;

import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asks for.
 *
 * @param from the account that pays
 * @param to the account that is paid
 * @param amount how much
 * @param delaySeconds how long the demonstration holds the payment between debit and credit; ignored elsewhere
 */
record PaymentRequest(
        @NotBlank String from,
        @NotBlank String to,

        @NotNull @Positive @Digits(integer = 10, fraction = 2)
        BigDecimal amount,

        @Positive @Max(60) @Nullable Integer delaySeconds) {}
