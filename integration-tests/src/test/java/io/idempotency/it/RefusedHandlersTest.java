package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.idempotency.Idempotent;
import io.idempotency.core.ExecutionMode;
import io.idempotency.core.Takeover;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.http.HttpEntity;
import org.springframework.http.ResponseEntity;
import org.springframework.scheduling.annotation.Async;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.WebAsyncTask;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** K1, R10 and the rules of the annotation: a handler that cannot be guarded fails the start, by the name of its method. */
@Timeout(120)
class RefusedHandlersTest {

    @ParameterizedTest
    @ValueSource(
            classes = {
                ReturnsCallable.class,
                ReturnsDeferredResult.class,
                ReturnsWebAsyncTask.class,
                ReturnsCompletableFuture.class,
                ReturnsCompletionStage.class,
                ReturnsFuture.class,
                ReturnsResponseBodyEmitter.class,
                ReturnsSseEmitter.class,
                ReturnsStreamingResponseBody.class,
                ReturnsEntityOfStream.class,
                ReturnsEntityOfEmitter.class,
                ReturnsHttpEntityOfFlux.class,
                ReturnsFutureEntity.class,
                ReturnsMono.class,
                ReturnsFlux.class,
                IsAsync.class,
                IsAsyncAsWhole.class,
                GuardsAsWhole.class
            })
    void asynchronousHandlerIsRefusedByNameOfItsMethod(Class<?> controller) {
        FailureAnalysis told = refusalOf(controller);

        assertThat(told.getDescription())
                .contains(controller.getName() + "#later")
                .contains("asynchronous answer");
        assertThat(told.getAction()).contains("return its result itself").contains("take @Idempotent off");
    }

    @Test
    void safeMethodIsRefusedByNameOfItsMethod() {
        FailureAnalysis told = refusalOf(AnnotatedGet.class);

        assertThat(told.getDescription())
                .contains(AnnotatedGet.class.getName() + "#list")
                .contains("GET");
        assertThat(told.getAction()).contains("Take @Idempotent off");
    }

    @Test
    void classIsGuardedWithoutItsSafeMethods() {
        LightApp.runner()
                .withPropertyValues(LightApp.MEMORY)
                .withUserConfiguration(GuardedWithSafeMethods.class)
                .run(app -> assertThat(app).hasNotFailed());
    }

    @ParameterizedTest
    @ValueSource(classes = {StricterTransaction.class, StricterTransactionAsWhole.class})
    void handlerThatAsksForStricterIsolationThanItWouldGetIsRefusedByName(Class<?> controller) {
        FailureAnalysis told = refusalOf(controller);

        assertThat(told.getDescription())
                .contains(controller.getName() + "#pay")
                .contains("SERIALIZABLE")
                .contains("READ_COMMITTED");
        assertThat(told.getAction()).contains("@Idempotent(isolation = Isolation.SERIALIZABLE)");
    }

    @Test
    void handlerThatAsksForTheIsolationOfTheWholeIsAccepted() {
        LightApp.runner()
                .withPropertyValues(LightApp.MEMORY)
                .withUserConfiguration(SameIsolation.class)
                .run(app -> assertThat(app).hasNotFailed());
    }

    @Test
    void unusableAttributeIsRefusedByItsNameAndThatOfTheMethod() {
        assertRefused(BadRetention.class, "@Idempotent(retention)", "'soon'");
        assertRefused(NegativeRetention.class, "@Idempotent(retention)", "PT-1H");
        assertRefused(UnknownPlaceholder.class, "@Idempotent(retention)", "${payments.retention}");
        assertRefused(BadTimeout.class, "@Idempotent(timeout)", "whole number of seconds");
        assertRefused(BadPointer.class, "@Idempotent(ignore)", "clientTimestamp");
        assertRefused(BadStatus.class, "@Idempotent(releaseStatuses)", "'6xx'");
        assertRefused(ReleasedSuccess.class, "@Idempotent(releaseStatuses)", "'2xx'");
        assertRefused(BadFingerprintHeader.class, "@Idempotent(fingerprintHeaders)", "'X Tenant'");
        assertRefused(BadLease.class, "@Idempotent(lease)", "'soon'");
        assertRefused(ShortLease.class, "@Idempotent(lease)", "PT3S, three times idempotency.lease.renewal-interval");
        assertRefused(LongLease.class, "@Idempotent(lease)", "PT10M, which is idempotency.lease.max-lifetime");
        assertRefused(TwoTakeovers.class, "@Idempotent(onTakeover)", "Takeover.EXECUTE or Takeover.REFUSE");
    }

    @ParameterizedTest
    @ValueSource(classes = {LeaseWithoutMode.class, TakeoverWithoutMode.class})
    void leaseOfATransactionalHandlerIsRefusedByNameOfItsMethod(Class<?> controller) {
        FailureAnalysis told = refusalOf(controller);

        assertThat(told.getDescription())
                .contains(controller.getName() + "#pay")
                .contains("declares a lease")
                .contains("TRANSACTIONAL");
        assertThat(told.getAction()).contains("mode = ExecutionMode.LEASED").contains("take lease and onTakeover off");
    }

    @Test
    void leaseOfALeasedHandlerIsAccepted() {
        LightApp.runner()
                .withPropertyValues(LightApp.MEMORY, "payments.lease=3s")
                .withUserConfiguration(GoodLease.class)
                .run(app -> assertThat(app).hasNotFailed());
    }

    private static void assertRefused(Class<?> controller, String attribute, String detail) {
        FailureAnalysis told = refusalOf(controller);
        assertThat(told.getDescription()).contains(attribute).contains(controller.getName() + "#pay");
        assertThat(told.getDescription() + told.getAction()).contains(detail);
    }

    private static FailureAnalysis refusalOf(Class<?> controller) {
        FailureAnalysis[] told = new FailureAnalysis[1];
        LightApp.runner()
                .withPropertyValues(LightApp.MEMORY)
                .withUserConfiguration(controller)
                .run(app -> {
                    assertThat(app).as(controller.getName()).hasFailed();
                    told[0] = LightApp.diagnose(app.getStartupFailure());
                });
        return told[0];
    }

    @RestController
    static class ReturnsCallable {

        @PostMapping("/later")
        @Idempotent
        Callable<String> later() {
            throw new UnsupportedOperationException();
        }
    }

    @RestController
    static class ReturnsDeferredResult {

        @PostMapping("/later")
        @Idempotent
        DeferredResult<String> later() {
            throw new UnsupportedOperationException();
        }
    }

    @RestController
    static class ReturnsWebAsyncTask {

        @PostMapping("/later")
        @Idempotent
        WebAsyncTask<String> later() {
            throw new UnsupportedOperationException();
        }
    }

    @RestController
    static class ReturnsCompletableFuture {

        @PostMapping("/later")
        @Idempotent
        CompletableFuture<String> later() {
            throw new UnsupportedOperationException();
        }
    }

    @RestController
    static class ReturnsCompletionStage {

        @PostMapping("/later")
        @Idempotent
        CompletionStage<String> later() {
            throw new UnsupportedOperationException();
        }
    }

    @RestController
    static class ReturnsFuture {

        @PostMapping("/later")
        @Idempotent
        Future<String> later() {
            throw new UnsupportedOperationException();
        }
    }

    @RestController
    static class ReturnsResponseBodyEmitter {

        @PostMapping("/later")
        @Idempotent
        ResponseBodyEmitter later() {
            throw new UnsupportedOperationException();
        }
    }

    @RestController
    static class ReturnsSseEmitter {

        @PostMapping("/later")
        @Idempotent
        SseEmitter later() {
            throw new UnsupportedOperationException();
        }
    }

    @RestController
    static class ReturnsStreamingResponseBody {

        @PostMapping("/later")
        @Idempotent
        StreamingResponseBody later() {
            throw new UnsupportedOperationException();
        }
    }

    @RestController
    static class ReturnsEntityOfStream {

        @PostMapping("/later")
        @Idempotent
        ResponseEntity<StreamingResponseBody> later() {
            throw new UnsupportedOperationException();
        }
    }

    @RestController
    static class ReturnsEntityOfEmitter {

        @PostMapping("/later")
        @Idempotent
        ResponseEntity<SseEmitter> later() {
            throw new UnsupportedOperationException();
        }
    }

    @RestController
    static class ReturnsHttpEntityOfFlux {

        @PostMapping("/later")
        @Idempotent
        HttpEntity<Flux<String>> later() {
            throw new UnsupportedOperationException();
        }
    }

    @RestController
    static class ReturnsFutureEntity {

        @PostMapping("/later")
        @Idempotent
        CompletableFuture<ResponseEntity<String>> later() {
            throw new UnsupportedOperationException();
        }
    }

    @RestController
    static class ReturnsMono {

        @PostMapping("/later")
        @Idempotent
        Mono<String> later() {
            throw new UnsupportedOperationException();
        }
    }

    @RestController
    static class ReturnsFlux {

        @PostMapping("/later")
        @Idempotent
        Flux<String> later() {
            throw new UnsupportedOperationException();
        }
    }

    @RestController
    static class IsAsync {

        @PostMapping("/later")
        @Idempotent
        @Async
        void later() {
            throw new UnsupportedOperationException();
        }
    }

    @RestController
    @Async
    static class IsAsyncAsWhole {

        @PostMapping("/later")
        @Idempotent
        void later() {
            throw new UnsupportedOperationException();
        }
    }

    @RestController
    @Idempotent
    static class GuardsAsWhole {

        @PostMapping("/now")
        String now() {
            return "now";
        }

        @RequestMapping("/later")
        Callable<String> later() {
            throw new UnsupportedOperationException();
        }
    }

    @RestController
    @Idempotent
    static class GuardedWithSafeMethods {

        @GetMapping("/list")
        Callable<List<String>> list() {
            return List::of;
        }

        @PostMapping("/add")
        String add() {
            return "added";
        }
    }

    @RestController
    static class AnnotatedGet {

        @GetMapping("/list")
        @Idempotent
        List<String> list() {
            return List.of();
        }
    }

    @RestController
    static class StricterTransaction {

        @PostMapping("/pay")
        @Idempotent
        @Transactional(isolation = Isolation.SERIALIZABLE)
        String pay() {
            return "paid";
        }
    }

    @RestController
    @Transactional(isolation = Isolation.SERIALIZABLE)
    static class StricterTransactionAsWhole {

        @PostMapping("/pay")
        @Idempotent
        String pay() {
            return "paid";
        }
    }

    @RestController
    static class SameIsolation {

        @PostMapping("/pay")
        @Idempotent(isolation = Isolation.SERIALIZABLE)
        @Transactional(isolation = Isolation.SERIALIZABLE)
        String pay() {
            return "paid";
        }
    }

    @RestController
    static class BadRetention {

        @PostMapping("/pay")
        @Idempotent(retention = "soon")
        String pay() {
            return "paid";
        }
    }

    @RestController
    static class NegativeRetention {

        @PostMapping("/pay")
        @Idempotent(retention = "-1h")
        String pay() {
            return "paid";
        }
    }

    @RestController
    static class UnknownPlaceholder {

        @PostMapping("/pay")
        @Idempotent(retention = "${payments.retention}")
        String pay() {
            return "paid";
        }
    }

    @RestController
    static class BadTimeout {

        @PostMapping("/pay")
        @Idempotent(timeout = "1500ms")
        String pay() {
            return "paid";
        }
    }

    @RestController
    static class BadPointer {

        @PostMapping("/pay")
        @Idempotent(ignore = "clientTimestamp")
        String pay() {
            return "paid";
        }
    }

    @RestController
    static class BadStatus {

        @PostMapping("/pay")
        @Idempotent(releaseStatuses = "6xx")
        String pay() {
            return "paid";
        }
    }

    @RestController
    static class ReleasedSuccess {

        @PostMapping("/pay")
        @Idempotent(releaseStatuses = "2xx")
        String pay() {
            return "paid";
        }
    }

    @RestController
    static class BadFingerprintHeader {

        @PostMapping("/pay")
        @Idempotent(fingerprintHeaders = "X Tenant")
        String pay() {
            return "paid";
        }
    }

    @RestController
    static class BadLease {

        @PostMapping("/pay")
        @Idempotent(mode = ExecutionMode.LEASED, lease = "soon")
        String pay() {
            return "paid";
        }
    }

    @RestController
    static class ShortLease {

        @PostMapping("/pay")
        @Idempotent(mode = ExecutionMode.LEASED, lease = "2999ms")
        String pay() {
            return "paid";
        }
    }

    @RestController
    static class LongLease {

        @PostMapping("/pay")
        @Idempotent(mode = ExecutionMode.LEASED, lease = "11m")
        String pay() {
            return "paid";
        }
    }

    @RestController
    static class TwoTakeovers {

        @PostMapping("/pay")
        @Idempotent(
                mode = ExecutionMode.LEASED,
                onTakeover = {Takeover.EXECUTE, Takeover.REFUSE})
        String pay() {
            return "paid";
        }
    }

    @RestController
    static class LeaseWithoutMode {

        @PostMapping("/pay")
        @Idempotent(lease = "30s")
        String pay() {
            return "paid";
        }
    }

    @RestController
    static class TakeoverWithoutMode {

        @PostMapping("/pay")
        @Idempotent(onTakeover = Takeover.EXECUTE)
        String pay() {
            return "paid";
        }
    }

    @RestController
    static class GoodLease {

        @PostMapping("/pay")
        @Idempotent(mode = ExecutionMode.LEASED, lease = "${payments.lease}", onTakeover = Takeover.EXECUTE)
        String pay() {
            return "paid";
        }
    }
}
