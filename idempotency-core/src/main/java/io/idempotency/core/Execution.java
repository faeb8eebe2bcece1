package io.idempotency.core;

import java.util.Optional;
import java.util.function.Supplier;

/** One attempt at a request, as its handler sees it. */
public interface Execution {

    /**
     * The record that stands for the request.
     *
     * @return the same for every attempt
     */
    RecordKey key();

    /**
     * Which time it is.
     *
     * @return the attempt, with the steps that earlier ones recorded
     */
    Attempt attempt();

    /**
     * The transaction that claim and response commit in, for whoever has to flush it or to mark it; never to be ended.
     *
     * @return always there in transactional mode; in leased mode only from {@link #completeInTransaction} on
     */
    Optional<OpenTransaction> transaction();

    /**
     * Runs a step and records its result in one transaction, or returns the result that an earlier attempt recorded without running it
     * again. In transactional mode the step is part of the one transaction, and nothing is recorded.
     *
     * @param name the step's name, unique within the request
     * @param work the step
     * @return its result
     * @throws ClaimLostException if the claim is not held any more: the step did not run, or was rolled back
     * @throws StoreUnavailableException if the commit failed: an attempt that follows finds out what came of it
     */
    byte[] step(String name, Supplier<byte[]> work);

    /**
     * Runs the last part of the business in the transaction that will store the response. In transactional mode that is the one there
     * is.
     *
     * @param work the last part; what it changes is committed with the response, after the handler has returned, or not at all
     * @param <T> what it returns
     * @return what the work returned
     * @throws ClaimLostException if the claim is not held any more: the work did not run
     * @throws IllegalStateException if the calling thread is not the handler's own
     */
    <T> T completeInTransaction(Supplier<T> work);
}
