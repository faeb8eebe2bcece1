package io.idempotency.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * Guards the annotated controllers and lets everything else pass untouched.
 *
 * <p>To be mapped for {@code REQUEST} and {@code ASYNC} dispatches alone, after authentication and before the dispatcher. Thread-safe.
 */
public final class IdempotencyFilter implements Filter {

    private final Supplier<GuardedEndpoints> endpoints;
    private final Guard guard;

    /**
     * A filter.
     *
     * @param endpoints the guarded endpoints; asked at the first request, when the controllers are known
     * @param guard brings a guarded request to its answer
     */
    public IdempotencyFilter(Supplier<GuardedEndpoints> endpoints, Guard guard) {
        this.endpoints = endpoints;
        this.guard = guard;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
            resume(http, response, chain);
            return;
        }
        GuardedRequest guarded = endpoints.get().match(http);
        if (guarded == null) {
            chain.doFilter(request, response);
        } else {
            guard.handle(guarded, http, (HttpServletResponse) response, chain);
        }
    }

    private static void resume(HttpServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        LaterAnswer later = LaterAnswer.of(request);
        if (later == null) {
            chain.doFilter(request, response);
        } else {
            later.resume(request, chain);
        }
    }
}
