package io.idempotency.it;

import io.idempotency.Idempotent;
import io.idempotency.core.ExecutionMode;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.WebAsyncTask;

/** Handlers whose answer does not come in time; their work goes on until a test lets it end. */
@WireController
@RequestMapping("/timeout")
@Idempotent(mode = ExecutionMode.LEASED)
class TimeoutHandlers {

    private static final long SOON = 50;

    private final Journal journal;

    TimeoutHandlers(Journal journal) {
        this.journal = journal;
    }

    @PostMapping("/task")
    WebAsyncTask<String> task(@RequestHeader(RunningApp.KEY) String key) {
        WebAsyncTask<String> task = new WebAsyncTask<>(SOON, () -> {
            journal.run(key);
            goOn(key);
            return "too late";
        });
        task.onCompletion(() -> journal.open("over " + key));
        return task;
    }

    @PostMapping("/deferred")
    DeferredResult<String> deferred(@RequestHeader(RunningApp.KEY) String key) {
        return working(key, new DeferredResult<>(SOON));
    }

    @PostMapping("/deferred-with-error")
    DeferredResult<String> deferredWithError(@RequestHeader(RunningApp.KEY) String key) {
        return working(
                key, new DeferredResult<>(SOON, () -> ResponseEntity.status(504).body("too slow")));
    }

    @PostMapping("/deferred-with-answer")
    DeferredResult<ResponseEntity<String>> deferredWithAnswer(@RequestHeader(RunningApp.KEY) String key) {
        return working(
                key, new DeferredResult<>(SOON, () -> ResponseEntity.accepted().body("goes on")));
    }

    @PostMapping("/task-with-answer")
    WebAsyncTask<ResponseEntity<String>> taskWithAnswer(@RequestHeader(RunningApp.KEY) String key) {
        WebAsyncTask<ResponseEntity<String>> task = new WebAsyncTask<>(SOON, () -> {
            journal.run(key);
            goOn(key);
            return ResponseEntity.ok("too late");
        });
        task.onTimeout(() -> ResponseEntity.accepted().body("goes on"));
        return task;
    }

    private <T> DeferredResult<T> working(String key, DeferredResult<T> result) {
        journal.run(key);
        journal.open("started " + key);
        result.onTimeout(() -> journal.open("over " + key));
        begin(key).whenComplete((none, failure) -> result.setErrorResult(new IllegalStateException("too late")));
        return result;
    }

    /** Takes no notice of being interrupted. */
    private void goOn(String key) {
        journal.open("started " + key);
        begin(key).join();
    }

    private CompletableFuture<Void> begin(String key) {
        return CompletableFuture.runAsync(() -> journal.await("continue " + key), work -> new Thread(work).start());
    }
}
