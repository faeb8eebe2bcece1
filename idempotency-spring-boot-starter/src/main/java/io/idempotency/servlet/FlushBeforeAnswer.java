package io.idempotency.servlet;

import io.idempotency.core.Execution;
import io.idempotency.core.OpenTransaction;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;

/**
 * Flushes what an object-relational mapper holds back while Spring MVC still resolves exceptions.
 *
 * <p>Without it a violated constraint would be raised by the outer commit, past the application's exception handlers. An error
 * answer must not carry what the handler put on the answer of its success, so its headers are taken back.
 */
public final class FlushBeforeAnswer implements HandlerInterceptor {

    private static final String EXECUTION = FlushBeforeAnswer.class.getName() + ".execution";
    private static final String HEADERS = FlushBeforeAnswer.class.getName() + ".headers";

    static void announce(HttpServletRequest request, Execution execution) {
        request.setAttribute(EXECUTION, execution);
    }

    static void forget(HttpServletRequest request) {
        request.removeAttribute(EXECUTION);
        request.removeAttribute(HEADERS);
    }

    static boolean hasTransaction(HttpServletRequest request) {
        return request.getAttribute(EXECUTION) instanceof Execution execution
                && execution.transaction().isPresent();
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getAttribute(EXECUTION) != null) {
            request.setAttribute(HEADERS, new HeaderSnapshot(response));
        }
        return true;
    }

    @Override
    public void postHandle(
            HttpServletRequest request,
            HttpServletResponse response,
            Object handler,
            @Nullable ModelAndView modelAndView) {
        if (request.getAttribute(EXECUTION) instanceof Execution execution) {
            execution
                    .transaction()
                    .filter(transaction -> !transaction.isRollbackOnly())
                    .ifPresent(transaction -> flush(transaction, request, response));
        }
    }

    private static void flush(OpenTransaction transaction, HttpServletRequest request, HttpServletResponse response) {
        try {
            transaction.flush();
        } catch (RuntimeException e) {
            transaction.setRollbackOnly();
            if (!response.isCommitted() && request.getAttribute(HEADERS) instanceof HeaderSnapshot headers) {
                headers.restore(response);
            }
            throw e;
        }
    }
}
