package io.idempotency.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/**
 * A request that ends on the thread that it came on: a transaction cannot follow it to another one.
 *
 * <p>Catches at run time what the declared return type of a handler does not show at start-up.
 */
class SynchronousRequest extends HttpServletRequestWrapper {

    SynchronousRequest(HttpServletRequest request) {
        super(request);
    }

    @Override
    public boolean isAsyncSupported() {
        return false;
    }

    @Override
    public AsyncContext startAsync() {
        throw new IllegalStateException("An @Idempotent handler runs in one transaction on one thread and cannot answer"
                + " asynchronously. Answer synchronously, or take @Idempotent off the handler.");
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        return startAsync();
    }
}
