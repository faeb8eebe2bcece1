package io.idempotency.core;

/** The business: runs at most once at a time per key, inside the transaction that its claim was made in. */
@FunctionalInterface
public interface IdempotentHandler {

    /**
     * Produces the answer without letting a byte of it out.
     *
     * @param transaction the transaction that it runs in; the handler must not end it
     * @return the answer as it would be stored
     * @throws Exception whatever the business raises; everything is rolled back and the exception passed on unchanged
     */
    StoredResponse handle(OpenTransaction transaction) throws Exception;
}
