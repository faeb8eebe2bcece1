package io.idempotency.servlet;

import io.idempotency.core.IdempotencyConfigurationException;
import io.idempotency.core.TransactionSettings;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.KotlinDetector;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpEntity;
import org.springframework.scheduling.annotation.Async;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.WebAsyncTask;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** What a handler must be to run in one thread's transaction, or under a lease, checked before the first request. */
final class HandlerRules {

    private static final Set<Class<?>> STREAMING = Set.of(ResponseBodyEmitter.class, StreamingResponseBody.class);

    private static final Set<Class<?>> LATER =
            Set.of(Callable.class, DeferredResult.class, WebAsyncTask.class, CompletionStage.class);

    private static final Set<Class<?>> ASYNCHRONOUS = Stream.of(STREAMING, LATER, Set.of(Future.class))
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());

    private HandlerRules() {}

    static void requireSynchronous(HandlerMethod handler) {
        for (Class<?> type : answerTypes(handler)) {
            if (isOneOf(ASYNCHRONOUS, type) || isReactive(type)) {
                throw asynchronous(handler, "answers with " + type.getName());
            }
        }
        notAwaited(handler).ifPresent(reason -> {
            throw asynchronous(handler, reason);
        });
    }

    /** An answer that comes later can be stored if it comes in one piece. */
    static void requireOneAnswer(HandlerMethod handler) {
        for (Class<?> type : answerTypes(handler)) {
            if (isOneOf(STREAMING, type) || (isReactive(type) && !isOneOf(LATER, type))) {
                throw new IdempotencyConfigurationException(
                        "@Idempotent handler " + HandlerNames.of(handler) + " answers with " + type.getName()
                                + ": an answer that is sent piece by piece cannot be stored and replayed.",
                        "Let the handler return its result, or a Callable, DeferredResult or CompletableFuture of it, or take"
                                + " @Idempotent off it.");
            }
            if (isOneOf(Set.of(Future.class), type) && !isOneOf(LATER, type)) {
                throw unawaited(handler, "answers with " + type.getName());
            }
        }
        notAwaited(handler).ifPresent(reason -> {
            throw unawaited(handler, reason);
        });
    }

    private static IdempotencyConfigurationException unawaited(HandlerMethod handler, String reason) {
        return new IdempotencyConfigurationException(
                "@Idempotent handler " + HandlerNames.of(handler) + " " + reason
                        + ": Spring MVC does not wait for such an answer, and nobody could store it.",
                "Let the handler return a Callable, DeferredResult or CompletableFuture of its result, or take @Idempotent off it.");
    }

    /** What a handler returns, and what that carries. */
    private static Set<Class<?>> answerTypes(HandlerMethod handler) {
        Set<Class<?>> types = new LinkedHashSet<>();
        ResolvableType next = ResolvableType.forMethodParameter(handler.getReturnType());
        while (types.add(next.resolve(Object.class)) && carriesAnother(next)) {
            next = next.getGeneric(0);
        }
        return types;
    }

    private static boolean carriesAnother(ResolvableType type) {
        Class<?> resolved = type.resolve(Object.class);
        return type.getGenerics().length == 1
                && (HttpEntity.class.isAssignableFrom(resolved) || isOneOf(LATER, resolved));
    }

    private static Optional<String> notAwaited(HandlerMethod handler) {
        if (KotlinDetector.isSuspendingFunction(handler.getMethod())) {
            return Optional.of("is a suspending function");
        }
        boolean elsewhere = AnnotatedElementUtils.hasAnnotation(handler.getMethod(), Async.class)
                || AnnotatedElementUtils.hasAnnotation(handler.getBeanType(), Async.class);
        return elsewhere ? Optional.of("is @Async") : Optional.empty();
    }

    private static boolean isOneOf(Set<Class<?>> known, Class<?> type) {
        return known.stream().anyMatch(one -> one.isAssignableFrom(type));
    }

    private static boolean isReactive(Class<?> type) {
        return ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null;
    }

    private static IdempotencyConfigurationException asynchronous(HandlerMethod handler, String reason) {
        return new IdempotencyConfigurationException(
                "@Idempotent handler " + HandlerNames.of(handler) + " " + reason
                        + ": an asynchronous answer cannot be part of one thread's transaction.",
                "Let the handler return its result itself, give it a lease with @Idempotent(mode = ExecutionMode.LEASED) if its"
                        + " answer comes in one piece, or take @Idempotent off it.");
    }

    /** Spring lets a transaction that joins another one ask for a stricter isolation, and ignores it in silence. */
    static void requireIsolationOf(
            HandlerMethod handler, TransactionSettings.Isolation declared, TransactionSettings.Isolation connection) {
        Transactional inner = AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), Transactional.class);
        if (inner == null) {
            inner = AnnotatedElementUtils.findMergedAnnotation(handler.getBeanType(), Transactional.class);
        }
        if (inner == null) {
            return;
        }
        TransactionSettings.Isolation asked = IsolationLevels.of(inner.isolation());
        TransactionSettings.Isolation given = declared == TransactionSettings.Isolation.DEFAULT ? connection : declared;
        if (asked.compareTo(given) > 0) {
            throw new IdempotencyConfigurationException(
                    "@Transactional of " + HandlerNames.of(handler) + " asks for " + asked
                            + ", but it joins the transaction of @Idempotent, which runs at " + given + ".",
                    "Declare it for the whole: @Idempotent(isolation = Isolation." + asked + ").");
        }
    }
}
