package io.idempotency.autoconfigure;

import io.idempotency.servlet.EndpointFactory;
import io.idempotency.servlet.GuardedEndpoints;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Finds the guarded endpoints once the controllers are known, which is after the filter was made. */
final class EndpointRegistry implements SmartInitializingSingleton, Supplier<GuardedEndpoints> {

    private static final Logger LOG = LoggerFactory.getLogger(EndpointRegistry.class);

    private static final String LINE = System.lineSeparator() + "  ";

    private final ListableBeanFactory beans;
    private final EndpointFactory factory;
    private volatile @Nullable GuardedEndpoints endpoints;

    EndpointRegistry(ListableBeanFactory beans, EndpointFactory factory) {
        this.beans = beans;
        this.factory = factory;
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<String> descriptions = get().descriptions();
        if (descriptions.isEmpty()) {
            LOG.warn("No controller is annotated with @Idempotent: nothing is guarded.");
        } else {
            LOG.info("Idempotent endpoints:{}{}", LINE, String.join(LINE, descriptions));
        }
    }

    @Override
    public GuardedEndpoints get() {
        GuardedEndpoints found = endpoints;
        if (found == null) {
            found = find();
            endpoints = found;
        }
        return found;
    }

    private GuardedEndpoints find() {
        List<RequestMappingHandlerMapping> mappings = new ArrayList<>(
                beans.getBeansOfType(RequestMappingHandlerMapping.class).values());
        AnnotationAwareOrderComparator.sort(mappings);
        return new GuardedEndpoints(mappings, factory);
    }
}
