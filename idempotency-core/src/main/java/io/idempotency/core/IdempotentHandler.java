package io.idempotency.core;

import org.jspecify.annotations.Nullable;

/** The business: runs at most once at a time per key, under a claim. */
@FunctionalInterface
public interface IdempotentHandler {

    /**
     * Produces the answer without letting a byte of it out.
     *
     * @param execution what this attempt is and can do
     * @return the answer as it would be stored; null, in leased mode only, if it comes later
     * @throws Exception whatever the business raises; it is passed on unchanged, after the transaction was rolled back and the claim
     *     given up
     */
    @Nullable
    StoredResponse handle(Execution execution) throws Exception;
}
