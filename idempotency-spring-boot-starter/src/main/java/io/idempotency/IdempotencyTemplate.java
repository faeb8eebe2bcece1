package io.idempotency;

import io.idempotency.core.Execution;
import io.idempotency.core.ExecutionOutcome;
import io.idempotency.core.ExecutionOutcome.Executed;
import io.idempotency.core.ExecutionOutcome.Replayed;
import io.idempotency.core.IdempotencyExecutor;
import io.idempotency.core.IdempotencyKey;
import io.idempotency.core.IdempotencyListener;
import io.idempotency.core.IdempotentRequest;
import io.idempotency.core.Lease;
import io.idempotency.core.OpenTransaction;
import io.idempotency.core.RequestOutcome;
import io.idempotency.core.ResponseContent.Body;
import io.idempotency.core.StoredResponse;
import io.idempotency.core.TransactionSettings;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Runs work once per key and returns its recorded result on repetition, without HTTP: for services, batch jobs and message listeners,
 * where the key is the message's id.
 *
 * <p>Records, rule and meters are those of the controllers; the keys are not: each operation has keys of its own. The work runs in a new
 * transaction, which records its result as well; an exception rolls both back, and a repetition runs the work again. Immutable and
 * thread-safe: the {@code with} methods return other templates.
 *
 * <p>Called inside a transaction, the work still has one of its own: it does not see what the caller has not committed, takes a second
 * connection, and stays done if the caller rolls back, so that a repetition gets its result. Leased work is refused there, since what it
 * does outside of steps would join the caller's transaction and be undone with it.
 */
public final class IdempotencyTemplate {

    /** What the meters say in the place of a route. */
    static final String NO_ROUTE = "none";

    private static final int OK = 200;

    private final IdempotencyExecutor executor;
    private final ResultMapper results;
    private final IdempotencyListener listener;
    private final TemplateSettings settings;

    /**
     * A template in transactional mode.
     *
     * @param executor the rule
     * @param results writes and reads results
     * @param listener hears of every decision
     * @param retention how long a result is returned again
     * @param lease how claims are held in leased mode
     * @param shortestLease the shortest lease that is renewed in time
     */
    public IdempotencyTemplate(
            IdempotencyExecutor executor,
            ResultMapper results,
            IdempotencyListener listener,
            Duration retention,
            Lease lease,
            Duration shortestLease) {
        this(executor, results, listener, TemplateSettings.transactional(retention, lease, shortestLease));
    }

    private IdempotencyTemplate(
            IdempotencyExecutor executor,
            ResultMapper results,
            IdempotencyListener listener,
            TemplateSettings settings) {
        this.executor = executor;
        this.results = results;
        this.listener = listener;
        this.settings = settings;
    }

    private IdempotencyTemplate like(TemplateSettings chosen) {
        return new IdempotencyTemplate(executor, results, listener, chosen);
    }

    /**
     * Chooses how long results are returned again.
     *
     * @param duration 1 millisecond to 36,500 days
     * @return a template like this one
     */
    public IdempotencyTemplate withRetention(Duration duration) {
        return like(settings.withRetention(duration));
    }

    /**
     * Chooses leased mode, for work that calls other systems.
     *
     * @return a template like this one, with the leases of {@code idempotency.lease}
     */
    public IdempotencyTemplate leased() {
        return leased(settings.lease());
    }

    /**
     * Chooses leased mode with a lease of its own.
     *
     * @param chosen how claims are held; it lasts three times {@code idempotency.lease.renewal-interval} at least
     * @return a template like this one
     */
    public IdempotencyTemplate leased(Lease chosen) {
        return like(settings.leased(chosen));
    }

    /**
     * Chooses how transactions are begun.
     *
     * @param chosen isolation and timeout
     * @return a template like this one
     */
    public IdempotencyTemplate withTransaction(TransactionSettings chosen) {
        return like(settings.withTransaction(chosen));
    }

    /**
     * Says what is asked for, so that a key which is used again for something else is told from a repetition. Calls that say nothing are
     * not compared.
     *
     * @param content what goes through JSON as the same bytes every time, for instance a record
     * @return a template like this one
     */
    public IdempotencyTemplate withRequest(Object content) {
        return like(settings.withRequest(content));
    }

    /**
     * Runs work once per key.
     *
     * @param operation whose keys these are, as {@code "orders.created"}
     * @param key 1 to 255 printable ASCII characters
     * @param type the type of the result, which goes through JSON by the application's own mapper
     * @param work the work; what it does in the database joins the transaction, in leased mode only in the context's steps
     * @param <T> the type of the result
     * @return the result, of this run or of an earlier one
     * @throws IdempotentExecutionException if there is no result: the work is being run elsewhere, the key was used for something else,
     *     or the database failed
     * @throws IllegalArgumentException if the key cannot be used
     * @throws IllegalStateException in leased mode, if the caller has a transaction
     * @throws UnreadableResultException if what was recorded cannot be read as this type
     */
    public <T> @Nullable T execute(String operation, String key, Class<T> type, Supplier<? extends @Nullable T> work) {
        return run(operation, key, results, type, work);
    }

    /**
     * Runs work once per key whose result has a generic type, {@code Optional} included; else as
     * {@link #execute(String, String, Class, Supplier)}.
     *
     * @param operation whose keys these are
     * @param key the key
     * @param type the type of the result
     * @param work the work
     * @param <T> the type of the result
     * @return the result
     */
    public <T> @Nullable T execute(
            String operation, String key, ParameterizedTypeReference<T> type, Supplier<? extends @Nullable T> work) {
        return run(operation, key, results, type.getType(), work);
    }

    /**
     * Runs work without a result once per key; else as {@link #execute(String, String, Class, Supplier)}.
     *
     * @param operation whose keys these are
     * @param key the key
     * @param work the work
     */
    public void executeWithoutResult(String operation, String key, Runnable work) {
        run(operation, key, NoResult.INSTANCE, Void.class, () -> {
            work.run();
            return null;
        });
    }

    @SuppressWarnings("unchecked")
    private <T> @Nullable T run(
            String operation, String key, ResultMapper mapper, Type type, Supplier<? extends @Nullable T> work) {
        IdempotentRequest request = request(operation, key);
        AtomicReference<@Nullable T> result = new AtomicReference<>();
        ExecutionOutcome outcome = decide(request, () -> {
            byte[] json = mapper.write(work.get());
            // Whatever cannot be read again must not be recorded, and nobody may see another result than a repetition.
            result.set((T) mapper.read(json, type));
            return json;
        });
        if (outcome instanceof Executed) {
            listener.requestDecided(RequestOutcome.EXECUTED, NO_ROUTE);
            return result.get();
        }
        if (outcome instanceof Replayed replayed) {
            listener.requestDecided(RequestOutcome.REPLAYED, NO_ROUTE);
            listener.responseReplayed(replayed.age());
            return (T) recorded(operation, replayed.response(), mapper, type);
        }
        IdempotentExecutionException failure = IdempotentExecutionException.of(outcome, operation, request.key());
        listener.requestDecided(failure.outcome(), NO_ROUTE);
        throw failure;
    }

    private ExecutionOutcome decide(IdempotentRequest request, Supplier<byte[]> work) {
        try {
            return executor.execute(request, execution -> answer(execution, work));
        } catch (RuntimeException | Error e) {
            listener.requestDecided(RequestOutcome.RELEASED, NO_ROUTE);
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("A supplier throws no checked exception.", e);
        }
    }

    private StoredResponse answer(Execution execution, Supplier<byte[]> work) {
        IdempotencyContext outer = IdempotencyContextHolder.set(new ExecutionContext(execution, results));
        try {
            StoredResponse answer = new StoredResponse(OK, List.of(), new Body(work.get()));
            // What a mapper of objects holds back is refused here, as the work's own exception, or not at all.
            execution
                    .transaction()
                    .filter(transaction -> !transaction.isRollbackOnly())
                    .ifPresent(OpenTransaction::flush);
            return answer;
        } finally {
            IdempotencyContextHolder.set(outer);
        }
    }

    private static @Nullable Object recorded(
            String operation, StoredResponse response, ResultMapper mapper, Type type) {
        try {
            return mapper.read(((Body) response.content()).bytes(), type);
        } catch (RuntimeException e) {
            throw new UnreadableResultException(
                    "The recorded result of operation '" + operation + "' cannot be read as " + type.getTypeName()
                            + ". It is not run again: give the type back what it needs to be read.",
                    e);
        }
    }

    private IdempotentRequest request(String operation, String key) {
        if (settings.isLeased() && TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("Leased work of operation '" + operation
                    + "' was called inside a transaction, whose rollback would undo what is recorded as done."
                    + " Call it outside of @Transactional, or suspend the transaction with Propagation.NOT_SUPPORTED.");
        }
        return settings.call(operation, keyOf(operation, key), results);
    }

    private IdempotencyKey keyOf(String operation, String key) {
        try {
            return new IdempotencyKey(key);
        } catch (IllegalArgumentException e) {
            listener.requestDecided(RequestOutcome.INVALID_KEY, NO_ROUTE);
            throw new IllegalArgumentException(
                    "The key of operation '" + operation + "' cannot be used. " + e.getMessage()
                            + " Choose what names the message or the job, or its digest in hexadecimal digits.",
                    e);
        }
    }

    /** The result of work without one, for which no mapper is needed. */
    private enum NoResult implements ResultMapper {
        INSTANCE;

        @Override
        public byte[] write(@Nullable Object result) {
            return new byte[] {'n', 'u', 'l', 'l'};
        }

        @Override
        public @Nullable Object read(byte[] json, Type type) {
            return null;
        }
    }
}
