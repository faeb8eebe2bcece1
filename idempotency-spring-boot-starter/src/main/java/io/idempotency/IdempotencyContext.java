package io.idempotency;

import io.idempotency.core.ClaimLostException;
import io.idempotency.core.StoreUnavailableException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;

/**
 * What a handler can know and do about the attempt that it is: a parameter of the controller's method, or {@link #current()}.
 *
 * <p>Steps may be run from any thread, one after another. Everything else may be asked for from any thread at any time.
 */
public interface IdempotencyContext {

    /**
     * The context of the handler that the calling thread runs.
     *
     * @return the context; a thread that the handler starts has none, and is handed it
     * @throws IllegalStateException if the thread runs no handler under a key
     */
    static IdempotencyContext current() {
        IdempotencyContext current = IdempotencyContextHolder.get();
        if (current == null) {
            throw new IllegalStateException(
                    "This thread runs nothing under an idempotency key: call it from an @Idempotent handler"
                            + " whose request has a key, or hand the context over to the thread that needs it.");
        }
        return current;
    }

    /**
     * Which time it is that the request is executed.
     *
     * @return 1 for the first; in leased mode it grows with each takeover, and with each retry of an attempt that left steps behind
     */
    int attempt();

    /**
     * Whether the lease of the attempt before ended unsettled, so that what took effect of it is unknown.
     *
     * @return false for a first attempt, and after an attempt that gave its claim up
     */
    boolean isTakeover();

    /**
     * The digest under which the key is recorded, for logs and for whoever has to resolve it.
     *
     * @return 32 hexadecimal digits, in which neither the key nor the principal can be read
     */
    String keyDigest();

    /**
     * A key for another system, so that its idempotency carries on where this one ends.
     *
     * @param purpose what the other system is asked for, unique within the handler, as {@code "charge"}
     * @return a UUID: the same at every attempt and on every node, another one for every purpose. It is a digest of the client's key and
     *     its scope, and tells nothing of either to whoever cannot guess both
     */
    String childKey(String purpose);

    /**
     * Runs a step and records its result in one transaction, or returns what an earlier attempt recorded without running it again.
     *
     * <p>Where the step throws, its transaction is rolled back and nothing is recorded. In transactional mode the step is part of the one
     * transaction, and is recorded by nothing but that.
     *
     * @param name the step's name, unique within the handler
     * @param type the type of its result, which goes through JSON by the application's own mapper
     * @param work the step; what it does in the database joins the step's transaction
     * @param <T> the type of its result
     * @return its result, from this attempt or from an earlier one
     * @throws UnreadableResultException if what was recorded cannot be read as this type; the step is not run again
     * @throws ClaimLostException if the claim was lost; the step did not run, or was rolled back
     * @throws StoreUnavailableException if the step could not begin or could not be committed
     */
    <T> @Nullable T step(String name, Class<T> type, Supplier<? extends @Nullable T> work);

    /**
     * Runs a step whose result has a generic type; else as {@link #step(String, Class, Supplier)}.
     *
     * @param name the step's name
     * @param type the type of its result
     * @param work the step
     * @param <T> the type of its result
     * @return its result
     */
    <T> @Nullable T step(String name, ParameterizedTypeReference<T> type, Supplier<? extends @Nullable T> work);

    /**
     * Runs a step without a result; else as {@link #step(String, Class, Supplier)}.
     *
     * @param name the step's name
     * @param work the step
     */
    void step(String name, Runnable work);

    /**
     * Runs the last part of the business in the transaction that will store the answer: both are committed after the handler has
     * returned, or neither is. In transactional mode that is the one transaction there is.
     *
     * <p>Without it an answer in leased mode is stored in a transaction of its own, after everything that the handler did.
     *
     * @param work the last part; to be called on the handler's own thread, outside of {@code @Transactional}
     * @param <T> the type of its result
     * @return its result, of which nothing is committed yet
     * @throws ClaimLostException if the claim was lost; the work did not run
     * @throws StoreUnavailableException if the transaction could not begin; the work did not run
     * @throws IllegalStateException on another thread than the handler's, and inside another transaction
     */
    <T extends @Nullable Object> T completeInTransaction(Supplier<T> work);
}
