package io.idempotency.campaign.node;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.web.filter.OncePerRequestFilter;

/** Keys in flight, from which a key is taken only if all went well. */
final class BuggyRegistry extends OncePerRequestFilter {

    private static final int FIRST_SERVER_ERROR = 500;

    private final Set<String> inFlight = ConcurrentHashMap.newKeySet();

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String key = request.getHeader(Wire.PRINCIPAL) + "/" + request.getHeader(Wire.KEY);
        if (!inFlight.add(key)) {
            response.setStatus(409);
            response.setHeader("Retry-After", "1");
            response.setContentType("application/problem+json");
            response.getOutputStream().print("{\"code\":\"request-in-progress\"}");
            return;
        }
        chain.doFilter(request, response);
        if (response.getStatus() < FIRST_SERVER_ERROR) {
            inFlight.remove(key);
        }
    }
}
