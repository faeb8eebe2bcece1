package io.idempotency.it;

import io.idempotency.IdempotencyContext;
import io.idempotency.Idempotent;
import io.idempotency.core.ExecutionMode;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.WebAsyncTask;

/** Handlers of every type that answers later, each in every way in which its work can end. */
@WireController
@RequestMapping("/{way}")
@Idempotent(mode = ExecutionMode.LEASED)
class AsyncHandlers {

    private final Journal journal;
    private final Executor threads = work -> new Thread(work).start();

    AsyncHandlers(Journal journal) {
        this.journal = journal;
    }

    @PostMapping("/callable")
    Callable<ResponseEntity<String>> callable(
            @PathVariable String way, @RequestHeader(RunningApp.KEY) String key, @RequestBody String body) {
        return () -> work(way, key);
    }

    @PostMapping("/short-lease")
    @Idempotent(mode = ExecutionMode.LEASED, lease = "400ms")
    Callable<ResponseEntity<String>> shortLease(
            @PathVariable String way, @RequestHeader(RunningApp.KEY) String key, @RequestBody String body) {
        return () -> work(way, key);
    }

    @PostMapping("/task")
    WebAsyncTask<ResponseEntity<String>> task(
            @PathVariable String way, @RequestHeader(RunningApp.KEY) String key, @RequestBody String body) {
        return new WebAsyncTask<>(() -> work(way, key));
    }

    @PostMapping("/deferred")
    DeferredResult<ResponseEntity<String>> deferred(
            @PathVariable String way, @RequestHeader(RunningApp.KEY) String key, @RequestBody String body) {
        DeferredResult<ResponseEntity<String>> result = new DeferredResult<>();
        threads.execute(() -> {
            try {
                result.setResult(work(way, key));
            } catch (Exception e) {
                result.setErrorResult(e);
            }
        });
        return result;
    }

    @PostMapping("/future")
    CompletableFuture<ResponseEntity<String>> future(
            @PathVariable String way, @RequestHeader(RunningApp.KEY) String key, @RequestBody String body) {
        return CompletableFuture.supplyAsync(() -> work(way, key), threads);
    }

    @PostMapping("/entity-of-future")
    CompletionStage<ResponseEntity<?>> stage(
            @PathVariable String way, @RequestHeader(RunningApp.KEY) String key, @RequestBody String body) {
        return CompletableFuture.supplyAsync(() -> work(way, key), threads);
    }

    /** An answer whose parts come from either thread. */
    @PostMapping("/both")
    Callable<String> both(
            @PathVariable String way,
            @RequestHeader(RunningApp.KEY) String key,
            @RequestBody String body,
            HttpServletResponse response) {
        response.setStatus(201);
        response.setHeader("X-Custom", "from the first thread");
        return () -> String.valueOf(work(way, key).getBody());
    }

    @PostMapping("/twice")
    Callable<DeferredResult<ResponseEntity<String>>> twice(
            @PathVariable String way, @RequestHeader(RunningApp.KEY) String key, @RequestBody String body) {
        return () -> deferred(way, key, body);
    }

    @PostMapping("/stepping")
    Callable<ResponseEntity<String>> stepping(
            @PathVariable String way, @RequestHeader(RunningApp.KEY) String key, IdempotencyContext context) {
        boolean current = IdempotencyContext.current() == context;
        return () -> {
            String reserved = context.step("reserve", String.class, () -> {
                journal.run(key);
                return "reserved by " + context.attempt();
            });
            if (way.equals("fails") && context.attempt() == 1) {
                throw new Released();
            }
            return ResponseEntity.ok(current + ", " + reserved + ", answered by " + context.attempt());
        };
    }

    @PostMapping("/last-transaction")
    Callable<ResponseEntity<String>> lastTransaction(
            @PathVariable String way, @RequestHeader(RunningApp.KEY) String key, IdempotencyContext context) {
        Callable<ResponseEntity<String>> work = () -> context.completeInTransaction(() -> {
            journal.run(key);
            return ResponseEntity.ok("unreachable");
        });
        if (way.equals("here")) {
            try {
                work.call();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        return work;
    }

    private ResponseEntity<String> work(String way, String key) {
        journal.run(key);
        journal.open("started " + key);
        switch (way) {
            case "gated" -> journal.await("continue " + key);
            case "kept" -> throw new Kept();
            case "released" -> throw new Released();
            case "unmapped" -> throw new UnsupportedOperationException("nobody maps this");
            default -> {}
        }
        return ResponseEntity.created(URI.create("/orders/" + key))
                .header("X-Custom", "one", "two")
                .body("run " + journal.runs(key) + " of " + key);
    }

    @ExceptionHandler
    ResponseEntity<String> kept(Kept e) {
        return ResponseEntity.status(402).header("Link", "</funds>").body("no funds");
    }

    @ExceptionHandler
    ResponseEntity<String> released(Released e) {
        return ResponseEntity.status(503).body("try later");
    }

    @ExceptionHandler
    ResponseEntity<String> misused(IllegalStateException e) {
        return ResponseEntity.status(500).body(e.getMessage());
    }

    static final class Kept extends RuntimeException {

        private static final long serialVersionUID = 1;
    }

    static final class Released extends RuntimeException {

        private static final long serialVersionUID = 1;
    }
}
