package io.idempotency.autoconfigure;

import io.idempotency.AbandonedKeyOperations;
import io.idempotency.core.AbandonedKeys;
import io.idempotency.core.TransactionBoundary;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets people resolve keys: only where that was asked for. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(prefix = "idempotency.abandoned-keys", name = "enabled")
class AbandonedKeysConfiguration {

    @Bean
    AbandonedKeyOperations idempotencyAbandonedKeys(
            AbandonedKeys keys, TransactionBoundary transactions, IdempotencyProperties properties) {
        return new AbandonedKeyOperations(keys, transactions, properties.retention());
    }

    /** Over HTTP or JMX, where there is an actuator and its access is opened. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Endpoint.class)
    static class Actuator {

        @Bean
        AbandonedKeysEndpoint idempotencyAbandonedKeysEndpoint(AbandonedKeyOperations keys) {
            return new AbandonedKeysEndpoint(keys);
        }
    }
}
