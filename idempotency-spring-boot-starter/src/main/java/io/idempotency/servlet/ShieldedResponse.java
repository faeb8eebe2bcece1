package io.idempotency.servlet;

import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Keeps the container from recognising its own response inside a wrapper.
 *
 * <p>After a forward, Tomcat 11 looks through all wrappers for its response and suspends it
 * ({@code suspendWrappedResponseAfterForward}), so that what was held back would be dropped when it is sent after the commit.
 */
final class ShieldedResponse {

    private ShieldedResponse() {}

    static HttpServletResponse of(HttpServletResponse response) {
        return (HttpServletResponse) Proxy.newProxyInstance(
                HttpServletResponse.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> {
                    try {
                        return method.invoke(response, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }
}
