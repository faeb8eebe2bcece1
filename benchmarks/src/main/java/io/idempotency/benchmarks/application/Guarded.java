package io.idempotency.benchmarks.application;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The service with the library: one dependency and one annotation. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({Payments.class, GuardedPaymentController.class, UnguardedController.class})
public final class Guarded {}
