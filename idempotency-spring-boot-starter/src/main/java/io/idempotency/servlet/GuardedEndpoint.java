package io.idempotency.servlet;

import io.idempotency.core.Lease;
import io.idempotency.core.OutcomePolicy;
import io.idempotency.core.TransactionSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;

/**
 * What a controller's method declares with {@code @Idempotent}, with the application's defaults filled in.
 *
 * @param handler the method
 * @param required whether a request without a key is refused
 * @param retention how long a response is replayed
 * @param transaction how the transaction is begun that its effect and its response share
 * @param fingerprint what is compared of a request
 * @param outcomes which answers are kept
 * @param lease how its claims are held, or null if transactions hold them
 */
record GuardedEndpoint(
        HandlerMethod handler,
        boolean required,
        Duration retention,
        TransactionSettings transaction,
        FingerprintOptions fingerprint,
        OutcomePolicy outcomes,
        @Nullable Lease lease) {}
