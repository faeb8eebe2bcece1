package io.idempotency.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What an application can choose about the wire.
 *
 * @param keyHeader the request header field that carries the key
 * @param strictKeys whether a key must be a quoted structured-field string
 * @param replayHeader the response header field that marks a replay
 * @param documentationUri where clients read about the rules, or null
 * @param anonymousAllowed whether callers who are not authenticated may share a scope
 * @param maxRequestBodySize the most bytes that a guarded request's body may have
 * @param maxResponseBodySize the most bytes of a response that are kept
 * @param replayHeaders names of the response header fields that are kept and replayed
 * @param retryAfter when a client is told to ask again
 * @param readAsParts whether the dispatcher will have the container take a request's body apart into parts
 */
public record ServletSettings(
        String keyHeader,
        boolean strictKeys,
        String replayHeader,
        @Nullable String documentationUri,
        boolean anonymousAllowed,
        long maxRequestBodySize,
        long maxResponseBodySize,
        List<String> replayHeaders,
        Duration retryAfter,
        Predicate<HttpServletRequest> readAsParts) {}
