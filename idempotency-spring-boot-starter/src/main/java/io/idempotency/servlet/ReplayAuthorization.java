package io.idempotency.servlet;

import org.springframework.web.method.HandlerMethod;

/** Asks again, before a stored answer is replayed, what a call of the handler would have asked. */
@FunctionalInterface
public interface ReplayAuthorization {

    /** Asks nothing: there is no method security. */
    ReplayAuthorization NONE = handler -> {};

    /**
     * Checks that the caller may still call the handler. Thread-safe.
     *
     * @param handler the handler whose answer is to be replayed
     * @throws RuntimeException the exception that the call would have raised, if the caller may not
     */
    void check(HandlerMethod handler);
}
