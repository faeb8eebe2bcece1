package io.idempotency.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Supplier;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses to run a guarded handler for a request that the filter did not take for one.
 *
 * <p>The filter asks where a request will go before everything behind it: a later filter that changes path or method, or a forward
 * out of another handler, would lead around it. An effect without a claim is what nobody must get in silence.
 */
public final class RefuseUnguarded implements HandlerInterceptor {

    private static final String DECIDED = RefuseUnguarded.class.getName() + ".decided";

    private final Supplier<GuardedEndpoints> endpoints;

    /**
     * An interceptor.
     *
     * @param endpoints the guarded endpoints; asked at the first request, when the controllers are known
     */
    public RefuseUnguarded(Supplier<GuardedEndpoints> endpoints) {
        this.endpoints = endpoints;
    }

    /** The filter has decided about this request, and with it about all of its dispatches. */
    static void decided(HttpServletRequest request) {
        request.setAttribute(DECIDED, true);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getDispatcherType() == DispatcherType.ERROR) {
            LaterAnswer.keepFromErrorPage(request);
        }
        if (handler instanceof HandlerMethod method
                && mayHaveEffects(request.getDispatcherType())
                && request.getAttribute(DECIDED) == null
                && endpoints.get().guards(method, request)) {
            throw new IllegalStateException("The request was led around the guard of @Idempotent handler "
                    + HandlerNames.of(method)
                    + " and is refused. Let filters that change the path or the method of a request"
                    + " stand before idempotency.filter.order, forward to it from guarded handlers only, and in tests with"
                    + " MockMvc keep the filters.");
        }
        return true;
    }

    /** Errors and asynchronous results are dispatched for a request that was decided about or not guarded. */
    private static boolean mayHaveEffects(DispatcherType type) {
        return type != DispatcherType.ERROR && type != DispatcherType.ASYNC;
    }
}
