package io.idempotency.servlet;

import io.idempotency.core.DeferredExecution;
import io.idempotency.core.ExecutionOutcome.OutcomeUnknown;
import io.idempotency.core.RecordKey;
import io.idempotency.core.StoredResponse;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.async.WebAsyncUtils;

/**
 * The answer of a handler that has returned without one: it comes with the last asynchronous dispatch, and is stored before it is sent.
 *
 * <p>Where the work went on for too long, or the container reports an error, nobody knows whether it still goes on: its key is not
 * given up, and its lease ends by itself.
 */
final class LaterAnswer implements AsyncListener {

    private static final String ATTRIBUTE = LaterAnswer.class.getName();

    private final DeferredExecution execution;
    private final RecordKey key;
    private final HandlerRequest request;
    private final HeldResponse held;
    private final HeldFailure failure;
    private final Answer answer;
    private final Function<HeldResponse, StoredResponse> toStored;
    private @Nullable Object concurrentResult;
    private volatile boolean timedOut;
    private volatile @Nullable Throwable error;

    LaterAnswer(
            DeferredExecution execution,
            RecordKey key,
            HandlerRequest request,
            HeldResponse held,
            HeldFailure failure,
            Answer answer,
            Function<HeldResponse, StoredResponse> toStored) {
        this.execution = execution;
        this.key = key;
        this.request = request;
        this.held = held;
        this.failure = failure;
        this.answer = answer;
        this.toStored = toStored;
    }

    static @Nullable LaterAnswer of(ServletRequest request) {
        return (LaterAnswer) request.getAttribute(ATTRIBUTE);
    }

    /** Called before the thread returns to the container, so that no dispatch comes earlier. */
    void await() {
        concurrentResult = request.getAttribute(WebAsyncUtils.WEB_ASYNC_MANAGER_ATTRIBUTE);
        request.setAttribute(ATTRIBUTE, this);
        request.getAsyncContext().addListener(this);
    }

    /** A dispatch to an error page would answer with the result of the work if that is there already, and nobody would have stored it. */
    static void keepFromErrorPage(HttpServletRequest request) {
        if (of(request) != null) {
            request.removeAttribute(WebAsyncUtils.WEB_ASYNC_MANAGER_ATTRIBUTE);
        }
    }

    void resume(HttpServletRequest dispatched, FilterChain chain) throws IOException, ServletException {
        boolean returned = false;
        request.enter(dispatched);
        request.setAttribute(WebAsyncUtils.WEB_ASYNC_MANAGER_ATTRIBUTE, concurrentResult);
        try {
            chain.doFilter(request.inside(), request.insideOr(held));
            SwallowedFailure.rethrow(dispatched);
            returned = !failure.isThere();
        } finally {
            request.leave();
            if (!returned && !dispatched.isAsyncStarted()) {
                answer.released();
                giveUp();
            }
        }
        if (!dispatched.isAsyncStarted()) {
            if (failure.isThere()) {
                held.discard();
                failure.rethrow();
            }
            settle();
        }
    }

    private void settle() throws IOException {
        StoredResponse response = toStored.apply(held);
        Throwable cause = error;
        if (workMayGoOn() && !answer.keeps(response)) {
            execution.abandon();
            answer.send(held);
        } else if (cause != null) {
            // What stands for an error, or for a client that is gone, is not what the work came to.
            execution.abandon();
            answer.give(new OutcomeUnknown(cause), key, held);
        } else {
            answer.give(execution.finish(response), key, held);
        }
    }

    private void giveUp() {
        if (workMayGoOn()) {
            execution.abandon();
        } else {
            execution.fail();
        }
    }

    private boolean workMayGoOn() {
        return timedOut || error != null;
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        timedOut = true;
    }

    @Override
    public void onError(AsyncEvent event) {
        Throwable thrown = event.getThrowable();
        error = thrown == null ? new IllegalStateException("The container says nothing of the error.") : thrown;
    }

    /** The last that is heard of a request; an execution that was ended before takes no notice. */
    @Override
    public void onComplete(AsyncEvent event) {
        execution.abandon();
    }

    /** A listener hears of one cycle only. */
    @Override
    public void onStartAsync(AsyncEvent event) {
        event.getAsyncContext().addListener(this);
    }
}
