package io.idempotency.autoconfigure;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/** Guards nothing in a WebFlux application, and says so. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnProperty(prefix = "idempotency", name = "enabled", matchIfMissing = true)
class IdempotencyWebFluxAutoConfiguration {

    @Bean
    RefuseWebFlux idempotencyRefusesWebFlux(ListableBeanFactory beans) {
        return new RefuseWebFlux(beans);
    }
}
