package io.idempotency.servlet;

import io.idempotency.core.ResponseContent;
import io.idempotency.core.ResponseContent.ContainerError;
import io.idempotency.core.ResponseContent.ContainerRedirect;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Gives the answers that the container has to finish, the first time and at every replay. */
final class ContainerAnswers {

    private ContainerAnswers() {}

    static void send(HttpServletResponse response, int status, ResponseContent content) throws IOException {
        if (content instanceof ContainerError error) {
            response.sendError(status, error.message());
        } else if (content instanceof ContainerRedirect redirect) {
            if (status == HttpServletResponse.SC_FOUND) {
                // The only form that Servlet 6.0 has.
                response.sendRedirect(redirect.location());
            } else {
                response.sendRedirect(redirect.location(), status);
            }
        }
    }
}
