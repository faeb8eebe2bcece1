package io.idempotency.benchmarks.application;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The service with the library, under leases. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({Payments.class, LeasedPaymentController.class, UnguardedController.class})
public final class Leased {}
