package io.idempotency.autoconfigure;

import io.idempotency.metrics.MeteredListener;
import io.idempotency.metrics.MeteredStore;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/** Publishes the meters where there is a registry. */
@AutoConfiguration(
        before = IdempotencyAutoConfiguration.class,
        afterName = {AutoConfigurationNames.METRICS_3, AutoConfigurationNames.METRICS_4})
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnSingleCandidate(MeterRegistry.class)
@ConditionalOnProperty(prefix = "idempotency", name = "enabled", matchIfMissing = true)
class IdempotencyMetricsAutoConfiguration {

    @Bean
    MeteredListener idempotencyMeters(MeterRegistry registry) {
        return new MeteredListener(registry);
    }

    @Bean
    StoreDecorator idempotencyStoreTimers(MeterRegistry registry) {
        return store -> new MeteredStore(store, registry);
    }
}
