package io.idempotency.autoconfigure;

import io.idempotency.servlet.MethodSecurityReplayAuthorization;
import io.idempotency.servlet.ReplayAuthorization;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authorization.method.AuthorizationAdvisor;

/** Lets a replay ask method security, where there is any. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(AuthorizationAdvisor.class)
class MethodSecurityConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(MethodSecurityConfiguration.class);

    @Bean
    @ConditionalOnMissingBean
    ReplayAuthorization idempotencyReplayAuthorization(ListableBeanFactory beans) {
        return new MethodSecurityReplayAuthorization(beans.getBeansOfType(AuthorizationAdvisor.class));
    }

    @Bean
    SmartInitializingSingleton idempotencyReplayAuthorizationCheck(EndpointRegistry endpoints) {
        return () -> endpoints.get().handlers().stream()
                .filter(MethodSecurityReplayAuthorization::needsArguments)
                .forEach(handler -> LOG.warn(
                        "@PreAuthorize of {} names an argument and is not asked before a replay, which has no arguments. The caller is"
                                + " the one who got the first answer.",
                        handler));
    }
}
