package io.idempotency.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.idempotency.Idempotent;
import io.idempotency.core.Takeover;
import io.idempotency.core.TransactionSettings.Isolation;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Controller;
import org.springframework.web.accept.ApiVersionStrategy;
import org.springframework.web.accept.DefaultApiVersionStrategy;
import org.springframework.web.accept.SemanticApiVersionParser;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.context.support.StaticWebApplicationContext;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPatternParser;

/** The endpoint is the one that the dispatcher finds, whatever the look-up was spared; the mapping itself is asked for comparison. */
class GuardedEndpointsTest {

    static final List<String> METHODS = List.of("POST", "GET", "DELETE", "PROPFIND");

    private static final List<String> PATHS = List.of(
            "",
            "/",
            "/payments",
            "/payments/",
            "/PAYMENTS",
            "/payments;v=1",
            "/p%61yments",
            "//payments",
            "/payments/7",
            "/payments/7/refund",
            "/payments/7/refund/",
            "/payments/7/Refund",
            "/payments/a%20b;c=d/refund",
            "/payments/7/refund/more",
            "/payments/7/%72efund",
            "/payments/search",
            "/payments/7//refund",
            "/files",
            "/files/a/b",
            "/any/x",
            "/elsewhere/7/refund");

    private static final List<Map<String, String>> HEADERS = List.of(
            Map.of(),
            Map.of("X-Version", "1.1"),
            Map.of("X-Version", "1.2"),
            Map.of("Content-Type", "text/plain"),
            Map.of("Content-Type", "application/json", "Accept", "image/png"));

    private static RequestMappingHandlerMapping mapping(PathPatternParser parser) {
        StaticWebApplicationContext context = new StaticWebApplicationContext();
        context.registerSingleton("payments", Payments.class);
        context.refresh();
        RequestMappingHandlerMapping mapping = new RequestMappingHandlerMapping();
        mapping.setApplicationContext(context);
        mapping.setPatternParser(parser);
        mapping.setApiVersionStrategy(versions());
        mapping.afterPropertiesSet();
        return mapping;
    }

    private static GuardedEndpoints endpoints(RequestMappingHandlerMapping mapping) {
        EndpointDefaults defaults = new EndpointDefaults(
                Duration.ofHours(24),
                status -> true,
                Isolation.READ_COMMITTED,
                new LeaseDefaults(
                        Duration.ofSeconds(30), Duration.ofSeconds(3), Duration.ofMinutes(10), Takeover.REFUSE));
        return new GuardedEndpoints(List.of(mapping), new EndpointFactory(defaults, Duration::parse));
    }

    @ParameterizedTest
    @FieldSource("METHODS")
    void everyRequestThatTheDispatcherGivesToAGuardedHandlerIsMatchedAndNoOther(String method) throws Exception {
        assertAsTheDispatcher(mapping(PathPatternParser.defaultInstance), method, "/shop", "");
    }

    @ParameterizedTest
    @FieldSource("METHODS")
    void pathsAreComparedAsTheParserCompares(String method) throws Exception {
        PathPatternParser anyCase = new PathPatternParser();
        anyCase.setCaseSensitive(false);

        assertAsTheDispatcher(mapping(anyCase), method, "/shop", "");
    }

    @ParameterizedTest
    @FieldSource("METHODS")
    void servletThatIsMappedToAPrefixIsNoPartOfThePath(String method) throws Exception {
        RequestMappingHandlerMapping mapping = mapping(PathPatternParser.defaultInstance);

        assertAsTheDispatcher(mapping, method, "/shop/api", "/api");
        assertAsTheDispatcher(mapping, method, "/shop/a%70i", "/api");
    }

    private static ApiVersionStrategy versions() {
        return new DefaultApiVersionStrategy(
                List.of(request -> request.getHeader("X-Version")),
                new SemanticApiVersionParser(),
                false,
                null,
                true,
                null,
                null);
    }

    private static void assertAsTheDispatcher(
            RequestMappingHandlerMapping mapping, String method, String before, String servletPath) throws Exception {
        GuardedEndpoints endpoints = endpoints(mapping);
        for (String path : PATHS) {
            for (Map<String, String> headers : HEADERS) {
                HttpServletRequest asked = RequestDouble.of(method, before + path, servletPath, headers);
                HttpServletRequest dispatched = RequestDouble.of(method, before + path, servletPath, headers);

                assertThat(endpoints.match(asked) != null)
                        .as("%s %s%s %s", method, before, path, headers)
                        .isEqualTo(isGuarded(mapping, dispatched));
            }
        }
    }

    private static boolean isGuarded(RequestMappingHandlerMapping mapping, HttpServletRequest request) {
        try {
            ServletRequestPathUtils.parseAndCache(request);
            HandlerExecutionChain chain = mapping.getHandler(request);
            return chain != null
                    && !request.getMethod().equals("GET")
                    && chain.getHandler() instanceof HandlerMethod handler
                    && AnnotatedElementUtils.hasAnnotation(handler.getMethod(), Idempotent.class);
        } catch (Exception e) {
            return false;
        }
    }

    @Test
    void guardedHandlersAreAmongTheRequests() {
        GuardedEndpoints endpoints = endpoints(mapping(PathPatternParser.defaultInstance));

        assertThat(endpoints.match(RequestDouble.of("POST", "/payments", Map.of("X-Version", "1.2"))))
                .isNotNull();
        assertThat(endpoints.match(RequestDouble.of("POST", "/payments", Map.of("X-Version", "1.1"))))
                .isNull();
        assertThat(endpoints.match(RequestDouble.of("POST", "/payments/a%20b;c=d/refund", Map.of())))
                .isNotNull();
        assertThat(endpoints.match(RequestDouble.of("POST", "/files/a/b", Map.of())))
                .isNotNull();
        assertThat(endpoints.match(RequestDouble.of("PROPFIND", "/any/x", Map.of())))
                .isNotNull();
    }

    @Controller
    static class Payments {

        @PostMapping(path = "/payments", version = "1.1")
        void pay() {}

        @Idempotent
        @PostMapping(path = "/payments", version = "1.2")
        void payOnce() {}

        @Idempotent
        @PostMapping("/payments/{id}/refund")
        void refund(@PathVariable String id) {}

        @DeleteMapping("/payments/{id}/refund")
        void takeBack(@PathVariable String id) {}

        @Idempotent
        @PostMapping(path = "/payments/{id}", consumes = "application/json")
        void change(@PathVariable String id) {}

        @PostMapping("/payments/search")
        void search() {}

        @GetMapping("/payments/{id}")
        void read(@PathVariable String id) {}

        @Idempotent
        @PostMapping("/files/{*path}")
        void upload() {}

        @Idempotent
        @RequestMapping("/any/{x}")
        void any() {}
    }
}
