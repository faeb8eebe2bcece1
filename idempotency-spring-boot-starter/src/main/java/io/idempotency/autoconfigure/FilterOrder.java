package io.idempotency.autoconfigure;

import io.idempotency.core.IdempotencyConfigurationException;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.Ordered;

/** Keeps the filter where callers are authenticated already. */
final class FilterOrder {

    private static final String SECURITY_REGISTRATION = "securityFilterChainRegistration";

    private FilterOrder() {}

    static void requireBehindSecurity(ListableBeanFactory beans, int order) {
        if (!beans.containsBean(SECURITY_REGISTRATION)) {
            return;
        }
        if (beans.getBean(SECURITY_REGISTRATION) instanceof Ordered security && order <= security.getOrder()) {
            throw new IdempotencyConfigurationException(
                    "idempotency.filter.order is " + order + ", before Spring Security's filter at "
                            + security.getOrder()
                            + ": nobody would be authenticated yet, and a replay would not be authorized.",
                    "Set idempotency.filter.order to more than " + security.getOrder() + ".");
        }
    }
}
