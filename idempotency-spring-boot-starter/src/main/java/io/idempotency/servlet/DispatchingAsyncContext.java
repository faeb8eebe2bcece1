package io.idempotency.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;

/** Ends asynchronous work by a dispatch alone, which comes back through the filter: what is completed in another way is not stored. */
final class DispatchingAsyncContext implements AsyncContext {

    private final AsyncContext container;
    private final ServletRequest request;
    private final ServletResponse response;

    DispatchingAsyncContext(AsyncContext container, ServletRequest request, ServletResponse response) {
        this.container = container;
        this.request = request;
        this.response = response;
    }

    @Override
    public void complete() {
        throw new IllegalStateException(
                "The answer of an @Idempotent handler is stored before it is sent: dispatch it.");
    }

    @Override
    public ServletRequest getRequest() {
        return request;
    }

    @Override
    public ServletResponse getResponse() {
        return response;
    }

    @Override
    public boolean hasOriginalRequestAndResponse() {
        return false;
    }

    @Override
    public void dispatch() {
        container.dispatch();
    }

    @Override
    public void dispatch(String path) {
        container.dispatch(path);
    }

    @Override
    public void dispatch(ServletContext context, String path) {
        container.dispatch(context, path);
    }

    @Override
    public void start(Runnable work) {
        container.start(work);
    }

    @Override
    public void addListener(AsyncListener listener) {
        container.addListener(new ShieldedListener(listener), request, response);
    }

    @Override
    public void addListener(AsyncListener listener, ServletRequest supplied, ServletResponse suppliedToo) {
        container.addListener(new ShieldedListener(listener), supplied, suppliedToo);
    }

    @Override
    public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
        return container.createListener(type);
    }

    @Override
    public void setTimeout(long milliseconds) {
        container.setTimeout(milliseconds);
    }

    @Override
    public long getTimeout() {
        return container.getTimeout();
    }

    /** Is told of events as from this context: with the container's own it could end the request past everything that is held. */
    private final class ShieldedListener implements AsyncListener {

        private final AsyncListener listener;

        ShieldedListener(AsyncListener listener) {
            this.listener = listener;
        }

        private AsyncEvent shielded(AsyncEvent event) {
            return new AsyncEvent(
                    new DispatchingAsyncContext(event.getAsyncContext(), request, response),
                    event.getSuppliedRequest(),
                    event.getSuppliedResponse(),
                    event.getThrowable());
        }

        @Override
        public void onComplete(AsyncEvent event) throws IOException {
            listener.onComplete(shielded(event));
        }

        @Override
        public void onTimeout(AsyncEvent event) throws IOException {
            listener.onTimeout(shielded(event));
        }

        @Override
        public void onError(AsyncEvent event) throws IOException {
            listener.onError(shielded(event));
        }

        @Override
        public void onStartAsync(AsyncEvent event) throws IOException {
            listener.onStartAsync(shielded(event));
        }
    }
}
