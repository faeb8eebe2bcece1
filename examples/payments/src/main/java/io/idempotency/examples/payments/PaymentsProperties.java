package io.idempotency.examples.payments;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be configured of the payments.
 *
 * @param slowOnRequest whether {@code delaySeconds} of a request is honoured, to have time to look, to retry or to kill
 */
@ConfigurationProperties("payments")
record PaymentsProperties(@DefaultValue("false") boolean slowOnRequest) {}
