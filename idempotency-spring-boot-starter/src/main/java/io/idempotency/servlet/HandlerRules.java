package io.idempotency.servlet;

import io.idempotency.core.IdempotencyConfigurationException;
import io.idempotency.core.TransactionSettings;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
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

/** What a handler must be to run in one thread's transaction, checked before the first request. */
final class HandlerRules {

    private static final Set<Class<?>> ASYNCHRONOUS = Set.of(
            Callable.class,
            DeferredResult.class,
            WebAsyncTask.class,
            CompletionStage.class,
            Future.class,
            ResponseBodyEmitter.class,
            StreamingResponseBody.class);

    private HandlerRules() {}

    static void requireSynchronous(HandlerMethod handler) {
        ResolvableType returned = ResolvableType.forMethodParameter(handler.getReturnType());
        Class<?> type = returned.resolve(Object.class);
        Class<?> answered = HttpEntity.class.isAssignableFrom(type)
                ? returned.as(HttpEntity.class).getGeneric(0).resolve(Object.class)
                : type;
        if (isAsynchronous(type) || isAsynchronous(answered)) {
            throw asynchronous(handler, "answers with " + (isAsynchronous(type) ? type : answered).getName());
        }
        if (KotlinDetector.isSuspendingFunction(handler.getMethod())) {
            throw asynchronous(handler, "is a suspending function");
        }
        if (AnnotatedElementUtils.hasAnnotation(handler.getMethod(), Async.class)
                || AnnotatedElementUtils.hasAnnotation(handler.getBeanType(), Async.class)) {
            throw asynchronous(handler, "is @Async");
        }
    }

    private static boolean isAsynchronous(Class<?> type) {
        return ASYNCHRONOUS.stream().anyMatch(asynchronous -> asynchronous.isAssignableFrom(type))
                || ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null;
    }

    private static IdempotencyConfigurationException asynchronous(HandlerMethod handler, String reason) {
        return new IdempotencyConfigurationException(
                "@Idempotent handler " + HandlerNames.of(handler) + " " + reason
                        + ": an asynchronous answer cannot be part of one thread's transaction.",
                "Let the handler return its result itself, or take @Idempotent off it.");
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
