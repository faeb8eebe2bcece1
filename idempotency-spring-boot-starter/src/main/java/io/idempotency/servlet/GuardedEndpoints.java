package io.idempotency.servlet;

import io.idempotency.Idempotent;
import io.idempotency.core.IdempotencyConfigurationException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/** Knows the application's guarded endpoints and tells which of them a request is for. Immutable and thread-safe. */
public final class GuardedEndpoints {

    /** RFC 9110, section 9.2.1. */
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final Map<HandlerId, GuardedEndpoint> endpoints = new LinkedHashMap<>();
    private final List<RequestMappingHandlerMapping> mappings = new ArrayList<>();
    private final List<String> descriptions = new ArrayList<>();
    private final GuardedPaths paths = new GuardedPaths();
    private final boolean pathsAreLiteral;

    /**
     * Finds the annotated controllers.
     *
     * @param candidates the application's handler mappings, in the dispatcher's order
     * @param factory reads the annotations
     * @throws IdempotencyConfigurationException if an annotated handler cannot be guarded
     */
    public GuardedEndpoints(Collection<RequestMappingHandlerMapping> candidates, EndpointFactory factory) {
        for (RequestMappingHandlerMapping mapping : candidates) {
            int before = endpoints.size();
            mapping.getHandlerMethods().forEach((info, handler) -> add(info, handler, factory));
            if (endpoints.size() > before) {
                mappings.add(mapping);
            }
        }
        this.pathsAreLiteral = mappings.stream().allMatch(GuardedEndpoints::comparesPathsLiterally);
    }

    private static boolean comparesPathsLiterally(RequestMappingHandlerMapping mapping) {
        return mapping.getPatternParser() != null && mapping.getPatternParser().isCaseSensitive();
    }

    private void add(RequestMappingInfo info, HandlerMethod handler, EndpointFactory factory) {
        Idempotent onMethod = AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), Idempotent.class);
        Idempotent annotation = onMethod != null
                ? onMethod
                : AnnotatedElementUtils.findMergedAnnotation(handler.getBeanType(), Idempotent.class);
        if (annotation == null) {
            return;
        }
        if (isSafe(info)) {
            if (onMethod != null) {
                throw new IdempotencyConfigurationException(
                        "@Idempotent is on " + HandlerNames.of(handler) + ", which answers safe methods only: "
                                + info.getMethodsCondition().getMethods() + ".",
                        "Take @Idempotent off it: a request that changes nothing can be repeated as it is.");
            }
            return;
        }
        endpoints.put(HandlerId.of(handler), factory.create(handler, annotation));
        Set<String> methods = methodNames(info);
        info.getPatternValues().forEach(pattern -> paths.add(pattern, methods));
        descriptions.add(info + " -> " + HandlerNames.of(handler));
    }

    /** A mapping without a method answers unsafe ones too. */
    private static boolean isSafe(RequestMappingInfo info) {
        Set<String> methods = methodNames(info);
        return !methods.isEmpty() && SAFE_METHODS.containsAll(methods);
    }

    private static Set<String> methodNames(RequestMappingInfo info) {
        return info.getMethodsCondition().getMethods().stream()
                .map(RequestMethod::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The guarded endpoints, for the log.
     *
     * @return a line each: the mapping and the method
     */
    public List<String> descriptions() {
        return List.copyOf(descriptions);
    }

    /**
     * The methods that guard an endpoint.
     *
     * @return the handlers
     */
    public List<HandlerMethod> handlers() {
        return endpoints.values().stream().map(GuardedEndpoint::handler).toList();
    }

    /** Whether a request that reached this handler should have been matched. */
    boolean guards(HandlerMethod handler, HttpServletRequest request) {
        return !SAFE_METHODS.contains(request.getMethod()) && endpoints.containsKey(HandlerId.of(handler));
    }

    @Nullable
    GuardedRequest match(HttpServletRequest request) {
        if (endpoints.isEmpty() || SAFE_METHODS.contains(request.getMethod()) || cannotMatch(request)) {
            return null;
        }
        for (RequestMappingHandlerMapping mapping : mappings) {
            HandlerExecutionChain chain = lookUp(mapping, request);
            if (chain != null) {
                return guarded(chain, request);
            }
        }
        return null;
    }

    private boolean cannotMatch(HttpServletRequest request) {
        return pathsAreLiteral && !paths.mayMatch(request);
    }

    private @Nullable GuardedRequest guarded(HandlerExecutionChain chain, HttpServletRequest request) {
        if (!(chain.getHandler() instanceof HandlerMethod handler)) {
            return null;
        }
        GuardedEndpoint endpoint = endpoints.get(HandlerId.of(handler));
        if (endpoint == null) {
            return null;
        }
        Object template = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        return new GuardedRequest(endpoint, String.valueOf(template), chain);
    }

    /** Asks as the dispatcher will ask; what it raises, the dispatcher will raise again and resolve. */
    private static @Nullable HandlerExecutionChain lookUp(
            RequestMappingHandlerMapping mapping, HttpServletRequest request) {
        boolean parsed = ServletRequestPathUtils.hasParsedRequestPath(request);
        try {
            if (!parsed && mapping.usesPathPatterns()) {
                ServletRequestPathUtils.parseAndCache(request);
            }
            return mapping.getHandler(request);
        } catch (Exception e) {
            return null;
        } finally {
            if (!parsed) {
                ServletRequestPathUtils.clearParsedRequestPath(request);
            }
        }
    }
}
