package io.idempotency.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerInterceptor;

/** Adds what {@code @CrossOrigin} and the MVC configuration would add, where the dispatcher is not asked. */
final class CrossOrigin {

    private CrossOrigin() {}

    /**
     * Treats the response as the handler's own chain would.
     *
     * @return false if the origin was refused and the response says so already
     */
    static boolean allows(HandlerExecutionChain chain, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        for (HandlerInterceptor interceptor : chain.getInterceptorList()) {
            if (interceptor instanceof CorsConfigurationSource && !runs(interceptor, chain, request, response)) {
                return false;
            }
        }
        return true;
    }

    private static boolean runs(
            HandlerInterceptor cors,
            HandlerExecutionChain chain,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        try {
            return cors.preHandle(request, response, chain.getHandler());
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("Spring's CORS interceptor throws no other checked exception.", e);
        }
    }
}
