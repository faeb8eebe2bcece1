package io.idempotency.servlet;

import io.idempotency.core.OutcomePolicy;
import io.idempotency.core.TransactionSettings.Isolation;
import java.time.Duration;

/**
 * What an endpoint gets where its {@code @Idempotent} says nothing.
 *
 * @param retention how long a response is replayed; positive
 * @param outcomes which answers are kept
 * @param isolation the isolation that a connection has if nobody asks for another
 * @param lease how the claims of leased endpoints are held
 */
public record EndpointDefaults(Duration retention, OutcomePolicy outcomes, Isolation isolation, LeaseDefaults lease) {}
