package io.idempotency.benchmarks.application;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The service with idempotency as a careful developer writes it into the one controller that needs it. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({Payments.class, PaymentsOnce.class, ByHandController.class, UnguardedController.class})
public final class ByHand {}
