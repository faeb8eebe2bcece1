package io.idempotency;

import io.idempotency.core.Execution;
import java.lang.reflect.Type;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The context over one execution: its results go through JSON. */
public final class ExecutionContext implements IdempotencyContext {

    private static final byte[] NO_RESULT = {};

    private final Execution execution;
    private final ResultMapper results;
    private final boolean synchronizedBefore = TransactionSynchronizationManager.isSynchronizationActive();

    /**
     * A context.
     *
     * @param execution the attempt
     * @param results writes and reads the results of steps
     */
    public ExecutionContext(Execution execution, ResultMapper results) {
        this.execution = execution;
        this.results = results;
    }

    @Override
    public int attempt() {
        return execution.attempt().number();
    }

    @Override
    public boolean isTakeover() {
        return execution.attempt().takeover();
    }

    @Override
    public String keyDigest() {
        return execution.key().id();
    }

    @Override
    public String childKey(String purpose) {
        return execution.key().childKey(purpose).toString();
    }

    @Override
    public <T> @Nullable T step(String name, Class<T> type, Supplier<? extends @Nullable T> work) {
        return run(name, type, work);
    }

    @Override
    public <T> @Nullable T step(String name, ParameterizedTypeReference<T> type, Supplier<? extends @Nullable T> work) {
        return run(name, type.getType(), work);
    }

    @Override
    public void step(String name, Runnable work) {
        execution.step(name, () -> {
            work.run();
            return NO_RESULT;
        });
    }

    @Override
    public <T extends @Nullable Object> T completeInTransaction(Supplier<T> work) {
        if (execution.transaction().isEmpty() && isInsideTransactional()) {
            throw new IllegalStateException(
                    "The transaction that stores the answer is committed after the handler has returned, and"
                            + " cannot begin inside another one. Call completeInTransaction outside of @Transactional.");
        }
        return execution.completeInTransaction(work);
    }

    /**
     * Inside any {@code @Transactional} of the handler, one that begins no transaction included: at its end it would end what was begun
     * inside it.
     */
    private boolean isInsideTransactional() {
        return TransactionSynchronizationManager.isActualTransactionActive()
                || (TransactionSynchronizationManager.isSynchronizationActive() && !synchronizedBefore);
    }

    /**
     * What is returned was always read from what is recorded, so that the first attempt sees no other result than the next; what cannot be
     * read again must not be recorded.
     */
    @SuppressWarnings("unchecked")
    private <T> @Nullable T run(String name, Type type, Supplier<? extends @Nullable T> work) {
        byte[] recorded = execution.step(name, () -> {
            byte[] json = results.write(work.get());
            results.read(json, type);
            return json;
        });
        try {
            return (T) results.read(recorded, type);
        } catch (RuntimeException e) {
            throw new UnreadableResultException(
                    "The result of step '" + name + "' cannot be read as " + type.getTypeName()
                            + ". It is not run again: give the type back what it needs to be read, or complete the key by hand.",
                    e);
        }
    }
}
