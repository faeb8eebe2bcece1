package io.idempotency.servlet;

import io.idempotency.Idempotent;
import io.idempotency.core.Takeover;
import io.idempotency.core.TransactionSettings.Isolation;
import java.time.Duration;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.StaticWebApplicationContext;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The controllers of a small service, a few of them guarded, as Spring MVC and the filter know them. */
final class Application {

    private final RequestMappingHandlerMapping mapping;
    private final GuardedEndpoints endpoints;

    /** A service with this many more guarded endpoints, each under a resource of its own. */
    Application(int moreGuarded) {
        StaticWebApplicationContext context = new StaticWebApplicationContext();
        context.registerSingleton("payments", Payments.class);
        context.registerSingleton("search", Search.class);
        context.refresh();
        mapping = new RequestMappingHandlerMapping();
        mapping.setApplicationContext(context);
        mapping.afterPropertiesSet();
        for (int i = 0; i < moreGuarded; i++) {
            register("/resource-" + i + "/{id}/orders");
        }
        EndpointDefaults defaults = new EndpointDefaults(
                Duration.ofHours(24),
                status -> status < 500,
                Isolation.READ_COMMITTED,
                new LeaseDefaults(
                        Duration.ofSeconds(30), Duration.ofSeconds(3), Duration.ofMinutes(10), Takeover.REFUSE));
        endpoints = new GuardedEndpoints(List.of(mapping), new EndpointFactory(defaults, Duration::parse));
    }

    private void register(String pattern) {
        RequestMappingInfo info = RequestMappingInfo.paths(pattern)
                .methods(RequestMethod.POST)
                .options(mapping.getBuilderConfiguration())
                .build();
        try {
            mapping.registerMapping(info, "payments", Payments.class.getDeclaredMethod("refund", String.class));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    RequestMappingHandlerMapping mapping() {
        return mapping;
    }

    GuardedEndpoints endpoints() {
        return endpoints;
    }

    /** Guarded and unguarded handlers under one beginning. */
    @RestController
    @RequestMapping("/payments")
    static class Payments {

        @PostMapping
        void pay() {}

        @GetMapping("/{id}")
        void read(@PathVariable String id) {}

        @Idempotent
        @PostMapping("/{id}/refund")
        void refund(@PathVariable String id) {}

        @Idempotent
        @PostMapping("/order")
        void order() {}

        @PostMapping("/{id}/notes")
        void note(@PathVariable String id) {}
    }

    /** Nothing guarded. */
    @RestController
    @RequestMapping("/search")
    static class Search {

        @PostMapping
        void search() {}

        @GetMapping
        void list() {}
    }
}
