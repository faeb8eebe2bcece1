package io.idempotency.it;

import io.idempotency.Idempotent;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Handlers that have an effect and end in one way or another. */
abstract class OutcomeHandlers {

    /** Answers that only show at run time to be asynchronous. */
    static final List<String> ASYNCHRONOUS =
            List.of("callable", "deferred", "future", "streaming", "events", "start-async");

    private final Journal journal;

    OutcomeHandlers(Journal journal) {
        this.journal = journal;
    }

    @PostMapping("/entity/{status}")
    ResponseEntity<String> entity(@PathVariable int status, @RequestHeader(RunningApp.KEY) String key) {
        journal.run(key);
        return ResponseEntity.status(status).body("run " + journal.runs(key));
    }

    @PostMapping("/send-error/{status}")
    void sendError(@PathVariable int status, @RequestHeader(RunningApp.KEY) String key, HttpServletResponse response)
            throws IOException {
        journal.run(key);
        response.sendError(status, "run " + journal.runs(key));
    }

    @PostMapping("/exception/{status}")
    void exception(@PathVariable int status, @RequestHeader(RunningApp.KEY) String key) {
        journal.run(key);
        throw new ResponseStatusException(HttpStatus.valueOf(status));
    }

    @PostMapping("/unhandled/{kind}")
    void unhandled(@PathVariable String kind, @RequestHeader(RunningApp.KEY) String key) throws Exception {
        journal.run(key);
        switch (kind) {
            case "runtime" -> throw new IllegalStateException("from the handler");
            case "checked" -> throw new Exception("from the handler");
            case "io" -> throw new IOException("from the handler");
            case "annotated" -> throw new Annotated();
            default -> throw new StackOverflowError("from the handler");
        }
    }

    @PostMapping("/asynchronous/{kind}")
    Object asynchronous(
            @PathVariable String kind, @RequestHeader(RunningApp.KEY) String key, HttpServletRequest request) {
        journal.run(key);
        return switch (kind) {
            case "callable" -> (Callable<String>) () -> "later";
            case "deferred" -> new DeferredResult<String>();
            case "future" -> CompletableFuture.completedFuture("later");
            case "streaming" -> (StreamingResponseBody) out -> out.write('a');
            case "events" -> new SseEmitter();
            default -> request.startAsync();
        };
    }

    @ResponseStatus(HttpStatus.SERVICE_UNAVAILABLE)
    static final class Annotated extends RuntimeException {}

    @WireController
    @RequestMapping("/plain/outcome")
    static final class Plain extends OutcomeHandlers {

        Plain(Journal journal) {
            super(journal);
        }
    }

    @WireController
    @Idempotent
    @RequestMapping("/guarded/outcome")
    static final class Guarded extends OutcomeHandlers {

        Guarded(Journal journal) {
            super(journal);
        }

        @Idempotent(releaseStatuses = {"409", "3xx"})
        @PostMapping("/own-policy/{status}")
        ResponseEntity<String> ownPolicy(@PathVariable int status, @RequestHeader(RunningApp.KEY) String key) {
            return entity(status, key);
        }
    }
}
