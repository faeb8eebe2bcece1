package io.idempotency.benchmarks.application;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The service as it is without any idempotency. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({Payments.class, PaymentController.class, UnguardedController.class})
public final class NoLibrary {}
