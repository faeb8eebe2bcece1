package io.idempotency.servlet;

import io.idempotency.ExecutionContext;
import io.idempotency.IdempotencyContext;
import io.idempotency.IdempotencyContextHolder;
import io.idempotency.KeyScopeResolver;
import io.idempotency.ResultMapper;
import io.idempotency.core.Execution;
import io.idempotency.core.ExecutionOutcome;
import io.idempotency.core.ExecutionOutcome.Deferred;
import io.idempotency.core.IdempotencyExecutor;
import io.idempotency.core.IdempotencyKey;
import io.idempotency.core.IdempotencyListener;
import io.idempotency.core.IdempotentRequest;
import io.idempotency.core.KeyScope;
import io.idempotency.core.RecordKey;
import io.idempotency.core.RequestOutcome;
import io.idempotency.core.StoredResponse;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings a guarded request to its answer: read the key, read the body, run the rule, answer. Thread-safe. */
public final class Guard {

    private final ServletSettings settings;
    private final IdempotencyExecutor executor;
    private final ResultMapper results;
    private final IdempotencyListener listener;
    private final KeyHeader keys;
    private final KeyScopes scopes;
    private final BodyReader bodies;
    private final ReplayHeaders replayHeaders;
    private final Answers answers;

    /**
     * A guard.
     *
     * @param settings what the application chose about the wire
     * @param executor the rule
     * @param results writes and reads the results of steps
     * @param resolvers what the application adds to the scope of keys
     * @param authorization asks again before a replay
     * @param listener hears of every decision
     */
    public Guard(
            ServletSettings settings,
            IdempotencyExecutor executor,
            ResultMapper results,
            List<KeyScopeResolver> resolvers,
            ReplayAuthorization authorization,
            IdempotencyListener listener) {
        this.settings = settings;
        this.executor = executor;
        this.results = results;
        this.listener = listener;
        this.keys = new KeyHeader(settings.keyHeader(), settings.strictKeys());
        this.scopes = new KeyScopes(settings.anonymousAllowed(), resolvers);
        this.bodies = new BodyReader(settings.maxRequestBodySize(), settings.readAsParts());
        this.replayHeaders = new ReplayHeaders(settings.replayHeaders());
        this.answers = new Answers(settings, authorization, listener);
    }

    void handle(GuardedRequest guarded, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        RefuseUnguarded.decided(request);
        // Everything that the head of the request decides comes first: asking for the body makes the container invite
        // it.
        Answer answer = answers.to(guarded, request, response);
        Optional<IdempotencyKey> key;
        try {
            key = keys.parse(Collections.list(request.getHeaders(settings.keyHeader())));
        } catch (InvalidKeyException e) {
            answer.problem(RequestOutcome.INVALID_KEY, Problem.INVALID_KEY, e.nextStep());
            return;
        }
        if (key.isEmpty()) {
            withoutKey(guarded, request, response, chain, answer);
            return;
        }
        Optional<KeyScope> scope = scopes.of(request);
        if (scope.isEmpty()) {
            answer.problem(RequestOutcome.ANONYMOUS, Problem.ANONYMOUS);
            return;
        }
        GuardedBody body;
        try {
            body = bodies.read(request, guarded.endpoint().fingerprint().raw());
        } catch (BodyTooLargeException e) {
            answer.problem(RequestOutcome.BODY_TOO_LARGE, Problem.BODY_TOO_LARGE, settings.maxRequestBodySize());
            return;
        }
        execute(guarded, RecordKey.of(scope.get(), key.get()), body, response, chain, answer);
    }

    private void withoutKey(
            GuardedRequest guarded,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain,
            Answer answer)
            throws IOException, ServletException {
        if (guarded.endpoint().required()) {
            answer.problem(RequestOutcome.MISSING_KEY, Problem.MISSING_KEY, settings.keyHeader());
        } else {
            listener.requestDecided(RequestOutcome.UNGUARDED, guarded.template());
            chain.doFilter(request, response);
        }
    }

    private void execute(
            GuardedRequest guarded,
            RecordKey key,
            GuardedBody body,
            HttpServletResponse response,
            FilterChain chain,
            Answer answer)
            throws IOException, ServletException {
        GuardedEndpoint endpoint = guarded.endpoint();
        IdempotentRequest request = new IdempotentRequest(
                key,
                RequestFingerprinter.fingerprint(body, endpoint.fingerprint()),
                endpoint.transaction(),
                endpoint.retention(),
                endpoint.outcomes(),
                endpoint.lease());
        if (endpoint.lease() != null) {
            body.request().allowAsync(response);
        }
        HeldResponse held = new HeldResponse(response);
        HeldFailure failure = new HeldFailure();
        ExecutionOutcome outcome;
        try {
            outcome = executor.execute(
                    request, execution -> runChain(body.request(), held, failure.around(chain), execution));
        } catch (IOException | ServletException | RuntimeException | Error e) {
            listener.requestDecided(RequestOutcome.RELEASED, guarded.template());
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("A filter chain throws no other checked exception.", e);
        }
        if (outcome instanceof Deferred deferred) {
            new LaterAnswer(deferred.execution(), key, body.request(), held, failure, answer, this::toStored).await();
        } else {
            answer.give(outcome, key, held);
        }
    }

    private @Nullable StoredResponse runChain(
            HandlerRequest request, HeldResponse held, FilterChain chain, Execution execution)
            throws IOException, ServletException {
        IdempotencyContext context = new ExecutionContext(execution, results);
        IdempotencyContext outer = IdempotencyContextHolder.set(context);
        request.setAttribute(ContextArgumentResolver.CONTEXT, context);
        FlushBeforeAnswer.announce(request, execution);
        try {
            chain.doFilter(request, held);
            SwallowedFailure.rethrow(request);
        } finally {
            FlushBeforeAnswer.forget(request);
            IdempotencyContextHolder.set(outer);
        }
        return request.isAsyncStarted() ? null : toStored(held);
    }

    private StoredResponse toStored(HeldResponse held) {
        return held.toStored(replayHeaders, settings.maxResponseBodySize());
    }
}
