package io.idempotency.it;

import io.idempotency.IdempotencyContext;
import io.idempotency.Idempotent;
import io.idempotency.core.ExecutionMode;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;

/** Handlers that use the asynchronous part of the servlet API by themselves. */
@WireController
@RequestMapping("/manual")
@Idempotent(mode = ExecutionMode.LEASED)
class ManualAsyncHandlers {

    private final Journal journal;

    ManualAsyncHandlers(Journal journal) {
        this.journal = journal;
    }

    @PostMapping("/without-arguments")
    void withoutArguments(@RequestHeader(RunningApp.KEY) String key, HttpServletRequest request) {
        journal.run(key);
        try {
            request.startAsync();
        } catch (IllegalStateException e) {
            journal.open(e.getMessage());
            throw e;
        }
    }

    @Idempotent
    @PostMapping("/transactional")
    void transactional(
            @RequestHeader(RunningApp.KEY) String key, HttpServletRequest request, HttpServletResponse response) {
        journal.run(key);
        request.startAsync(request, response);
    }

    @PostMapping("/completes")
    void completes(
            @RequestHeader(RunningApp.KEY) String key, HttpServletRequest request, HttpServletResponse response) {
        journal.run(key);
        complete(key, start(request, response));
    }

    @PostMapping("/completes-what-it-asks-for")
    void completesWhatItAsksFor(
            @RequestHeader(RunningApp.KEY) String key, HttpServletRequest request, HttpServletResponse response) {
        journal.run(key);
        start(request, response);
        complete(key, request.getAsyncContext());
    }

    @PostMapping("/completes-in-time")
    void completesInTime(
            @RequestHeader(RunningApp.KEY) String key, HttpServletRequest request, HttpServletResponse response) {
        journal.run(key);
        start(request, response).addListener(new OnTimeout() {
            @Override
            public void onTimeout(AsyncEvent event) {
                complete(key, event.getAsyncContext());
            }
        });
    }

    /** Is run again by its own dispatch, as Servlet 6.1, section 2.3.3.3, has it. */
    @PostMapping("/dispatches")
    void dispatches(@RequestHeader(RunningApp.KEY) String key, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
            response.setStatus(201);
            response.getWriter().print("dispatched to " + request.getAttribute(AsyncContext.ASYNC_REQUEST_URI));
        } else {
            journal.run(key);
            AsyncContext started = start(request, response);
            new Thread(started::dispatch).start();
        }
    }

    @PostMapping("/last-transaction")
    void lastTransaction(
            @RequestHeader(RunningApp.KEY) String key,
            HttpServletRequest request,
            HttpServletResponse response,
            IdempotencyContext context)
            throws IOException {
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
            response.getWriter().print("not true");
            return;
        }
        AsyncContext started = request.startAsync(request, response);
        context.completeInTransaction(() -> {
            journal.run(key);
            return key;
        });
        started.dispatch();
    }

    private static AsyncContext start(HttpServletRequest request, HttpServletResponse response) {
        AsyncContext started = request.startAsync(request, response);
        started.setTimeout(50);
        return started;
    }

    private void complete(String key, AsyncContext started) {
        try {
            started.complete();
        } catch (IllegalStateException e) {
            journal.open("told " + key + ": " + e.getMessage());
        }
    }

    private abstract static class OnTimeout implements AsyncListener {

        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
