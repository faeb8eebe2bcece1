package io.idempotency.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

/**
 * A request as its handler gets it. It ends on the thread that it came on, since a transaction cannot follow it to another one, unless
 * the handler has a lease.
 *
 * <p>Catches at run time what the declared return type of a handler does not show at start-up.
 */
class HandlerRequest extends HttpServletRequestWrapper {

    private final HttpServletRequest outside;
    private @Nullable ServletResponse outsideResponse;
    private @Nullable ServletRequest inside;
    private @Nullable ServletResponse insideResponse;

    HandlerRequest(HttpServletRequest request) {
        super(request);
        this.outside = request;
    }

    /**
     * Lets the answer come later.
     *
     * @param response what the filters outside of the guard know
     */
    final void allowAsync(ServletResponse response) {
        outsideResponse = response;
    }

    /** Puts itself on top of what a dispatch came with, so that whoever asks it is told of that dispatch. */
    final void enter(HttpServletRequest dispatched) {
        setRequest(dispatched);
    }

    final void leave() {
        setRequest(outside);
    }

    /** The request that the work was begun with, with the wrappers of the filters behind the guard. */
    final ServletRequest inside() {
        return inside == null ? this : inside;
    }

    final ServletResponse insideOr(ServletResponse response) {
        return insideResponse == null ? response : insideResponse;
    }

    @Override
    public boolean isAsyncSupported() {
        return outsideResponse != null && super.isAsyncSupported();
    }

    /** The container would go on with its own request and response, past everything that is held. */
    @Override
    public AsyncContext startAsync() {
        throw new IllegalStateException(
                outsideResponse != null
                        ? "An @Idempotent handler answers through what it was given: call startAsync(request, response)."
                        : "An @Idempotent handler runs in one transaction on one thread and cannot answer asynchronously."
                                + " Answer synchronously, or give the handler a lease: @Idempotent(mode = ExecutionMode.LEASED).");
    }

    /**
     * The container dispatches what the filters outside of the guard know: they would not find their own wrappers in a response that is
     * held, and the guard goes on with what was given here.
     */
    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        if (outsideResponse == null) {
            return startAsync();
        }
        if (FlushBeforeAnswer.hasTransaction(this)) {
            throw new IllegalStateException(
                    "The last transaction of an @Idempotent handler is committed when the handler has returned its answer, which"
                            + " therefore cannot come later. Return the answer itself, or record the work as a step.");
        }
        AsyncContext started = super.startAsync(outside, outsideResponse);
        inside = request;
        insideResponse = response;
        return new DispatchingAsyncContext(started, request, response);
    }

    @Override
    public AsyncContext getAsyncContext() {
        AsyncContext started = super.getAsyncContext();
        return inside == null || insideResponse == null
                ? started
                : new DispatchingAsyncContext(started, inside, insideResponse);
    }
}
