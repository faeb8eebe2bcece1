package io.idempotency.servlet;

import io.idempotency.core.OutcomePolicy;
import io.idempotency.core.TransactionSettings;
import java.time.Duration;
import org.springframework.web.method.HandlerMethod;

/**
 * What a controller's method declares with {@code @Idempotent}, with the application's defaults filled in.
 *
 * @param handler the method
 * @param required whether a request without a key is refused
 * @param retention how long a response is replayed
 * @param transaction how the transaction is begun
 * @param fingerprint what is compared of a request
 * @param outcomes which answers are kept
 */
record GuardedEndpoint(
        HandlerMethod handler,
        boolean required,
        Duration retention,
        TransactionSettings transaction,
        FingerprintOptions fingerprint,
        OutcomePolicy outcomes) {}
