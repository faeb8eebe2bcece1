package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.idempotency.Idempotent;
import io.idempotency.core.ExecutionMode;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.http.ResponseEntity;
import org.springframework.scheduling.annotation.Async;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.WebAsyncTask;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** R10 in leased mode: an answer that leaves piece by piece cannot be stored before it is sent, and fails the start by its method's name. */
@Timeout(120)
class RefusedStreamsTest {

    @ParameterizedTest
    @ValueSource(
            classes = {
                Emitter.class,
                Events.class,
                Stream.class,
                EntityOfEmitter.class,
                EntityOfEvents.class,
                EntityOfStream.class,
                CallableOfStream.class,
                CallableOfEntityOfStream.class,
                TaskOfEvents.class,
                DeferredEntityOfEmitter.class,
                FutureOfFlux.class,
                One.class,
                Many.class,
                EntityOfMany.class
            })
    void streamIsRefusedByNameOfItsMethod(Class<?> controller) {
        LightApp.runner()
                .withPropertyValues(LightApp.MEMORY)
                .withUserConfiguration(controller)
                .run(app -> {
                    assertThat(app).as(controller.getName()).hasFailed();
                    FailureAnalysis told = LightApp.diagnose(app.getStartupFailure());
                    assertThat(told.getDescription())
                            .contains(controller.getName() + "#later")
                            .contains("piece by piece");
                    assertThat(told.getAction()).contains("Callable, DeferredResult or CompletableFuture");
                });
    }

    @ParameterizedTest
    @ValueSource(classes = {PlainFuture.class, OnAnotherThread.class})
    void answerThatNobodyWaitsForIsRefusedByNameOfItsMethod(Class<?> controller) {
        LightApp.runner()
                .withPropertyValues(LightApp.MEMORY)
                .withUserConfiguration(controller)
                .run(app -> {
                    assertThat(app).as(controller.getName()).hasFailed();
                    FailureAnalysis told = LightApp.diagnose(app.getStartupFailure());
                    assertThat(told.getDescription())
                            .contains(controller.getName() + "#later")
                            .contains("does not wait");
                    assertThat(told.getAction()).contains("Callable, DeferredResult or CompletableFuture");
                });
    }

    @RestController
    static class PlainFuture {
        @PostMapping("/later")
        @Idempotent(mode = ExecutionMode.LEASED)
        Future<String> later() {
            throw new UnsupportedOperationException();
        }
    }

    @RestController
    static class OnAnotherThread {
        @Async
        @PostMapping("/later")
        @Idempotent(mode = ExecutionMode.LEASED)
        public CompletableFuture<String> later() {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void answerThatComesLaterInOnePieceIsAccepted() {
        LightApp.runner()
                .withPropertyValues(LightApp.MEMORY)
                .withUserConfiguration(AsyncHandlersOfEveryType.class)
                .run(app -> assertThat(app).hasNotFailed());
    }

    @RestController
    static class AsyncHandlersOfEveryType {

        @PostMapping("/callable")
        @Idempotent(mode = ExecutionMode.LEASED)
        Callable<ResponseEntity<String>> callable() {
            throw new UnsupportedOperationException();
        }

        @PostMapping("/future")
        @Idempotent(mode = ExecutionMode.LEASED)
        CompletableFuture<ResponseEntity<String>> future() {
            throw new UnsupportedOperationException();
        }
    }

    @RestController
    static class Emitter {

        @PostMapping("/later")
        @Idempotent(mode = ExecutionMode.LEASED)
        ResponseBodyEmitter later() {
            throw new UnsupportedOperationException();
        }
    }

    @RestController
    static class Events {

        @PostMapping("/later")
        @Idempotent(mode = ExecutionMode.LEASED)
        SseEmitter later() {
            throw new UnsupportedOperationException();
        }
    }

    @RestController
    static class Stream {

        @PostMapping("/later")
        @Idempotent(mode = ExecutionMode.LEASED)
        StreamingResponseBody later() {
            throw new UnsupportedOperationException();
        }
    }

    @RestController
    static class EntityOfEmitter {

        @PostMapping("/later")
        @Idempotent(mode = ExecutionMode.LEASED)
        ResponseEntity<ResponseBodyEmitter> later() {
            throw new UnsupportedOperationException();
        }
    }

    @RestController
    static class EntityOfEvents {

        @PostMapping("/later")
        @Idempotent(mode = ExecutionMode.LEASED)
        ResponseEntity<SseEmitter> later() {
            throw new UnsupportedOperationException();
        }
    }

    @RestController
    static class EntityOfStream {

        @PostMapping("/later")
        @Idempotent(mode = ExecutionMode.LEASED)
        ResponseEntity<StreamingResponseBody> later() {
            throw new UnsupportedOperationException();
        }
    }

    @RestController
    static class CallableOfStream {

        @PostMapping("/later")
        @Idempotent(mode = ExecutionMode.LEASED)
        Callable<StreamingResponseBody> later() {
            throw new UnsupportedOperationException();
        }
    }

    @RestController
    static class CallableOfEntityOfStream {

        @PostMapping("/later")
        @Idempotent(mode = ExecutionMode.LEASED)
        Callable<ResponseEntity<StreamingResponseBody>> later() {
            throw new UnsupportedOperationException();
        }
    }

    @RestController
    static class TaskOfEvents {

        @PostMapping("/later")
        @Idempotent(mode = ExecutionMode.LEASED)
        WebAsyncTask<SseEmitter> later() {
            throw new UnsupportedOperationException();
        }
    }

    @RestController
    static class DeferredEntityOfEmitter {

        @PostMapping("/later")
        @Idempotent(mode = ExecutionMode.LEASED)
        DeferredResult<ResponseEntity<ResponseBodyEmitter>> later() {
            throw new UnsupportedOperationException();
        }
    }

    @RestController
    static class FutureOfFlux {

        @PostMapping("/later")
        @Idempotent(mode = ExecutionMode.LEASED)
        CompletableFuture<Flux<String>> later() {
            throw new UnsupportedOperationException();
        }
    }

    @RestController
    static class One {

        @PostMapping("/later")
        @Idempotent(mode = ExecutionMode.LEASED)
        Mono<String> later() {
            throw new UnsupportedOperationException();
        }
    }

    @RestController
    static class Many {

        @PostMapping("/later")
        @Idempotent(mode = ExecutionMode.LEASED)
        Flux<String> later() {
            throw new UnsupportedOperationException();
        }
    }

    @RestController
    static class EntityOfMany {

        @PostMapping("/later")
        @Idempotent(mode = ExecutionMode.LEASED)
        ResponseEntity<Flux<String>> later() {
            throw new UnsupportedOperationException();
        }
    }
}
