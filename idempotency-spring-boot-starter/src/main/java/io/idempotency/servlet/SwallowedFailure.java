package io.idempotency.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * A failure that Spring MVC took for the client's hanging up, and answered with nothing: an empty 200.
 *
 * <p>It judges by names such as {@code EOFException}, which a lost connection to a database or to another service has as well. A
 * guarded handler cannot know whether its client is there: the request was read whole before it, and the answer is held until after
 * it.
 */
final class SwallowedFailure {

    private SwallowedFailure() {}

    static void rethrow(HttpServletRequest request) throws ServletException {
        if (request.getAttribute(DispatcherServlet.EXCEPTION_ATTRIBUTE) instanceof Exception failure
                && DisconnectedClientHelper.isClientDisconnectedException(failure)) {
            throw new ServletException("Request processing failed: " + failure, failure);
        }
    }
}
