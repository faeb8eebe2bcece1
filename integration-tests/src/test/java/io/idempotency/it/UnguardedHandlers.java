package io.idempotency.it;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Handlers without the annotation that touch no database and answer later than they return. */
@WireController
@RequestMapping("/unguarded")
class UnguardedHandlers {

    static final List<String> ASYNCHRONOUS = List.of("callable", "deferred", "future", "streaming", "events");

    @PostMapping("/map")
    Map<String, Object> map() {
        return Map.of("a", 1);
    }

    @PostMapping("/callable")
    Callable<String> callable() {
        return () -> "later";
    }

    @PostMapping("/deferred")
    DeferredResult<String> deferred() {
        DeferredResult<String> result = new DeferredResult<>();
        new Thread(() -> result.setResult("later")).start();
        return result;
    }

    @PostMapping("/future")
    CompletableFuture<String> future() {
        return CompletableFuture.supplyAsync(() -> "later");
    }

    @PostMapping("/streaming")
    StreamingResponseBody streaming() {
        return out -> out.write("later".getBytes());
    }

    @PostMapping("/events")
    SseEmitter events() {
        SseEmitter emitter = new SseEmitter();
        new Thread(() -> {
                    try {
                        emitter.send("later");
                        emitter.complete();
                    } catch (java.io.IOException e) {
                        emitter.completeWithError(e);
                    }
                })
                .start();
        return emitter;
    }
}
