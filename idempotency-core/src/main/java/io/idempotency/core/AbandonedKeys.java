package io.idempotency.core;

import java.time.Duration;
import java.util.List;

/**
 * The keys whose attempts ended unsettled, for people who have found out what took effect.
 *
 * <p>Thread-safe. A call joins the transaction that is bound to the calling thread, and waits for no other: a key whose record somebody is
 * writing at the moment, its owner for instance, is not abandoned. An attempt that comes back to life may still complete its key until that
 * is completed here, or until the next request executes.
 *
 * <p>Errors are those of {@link IdempotencyStore}. The contract suite of stores proves these as well.
 */
public interface AbandonedKeys {

    /**
     * Finds keys whose lease has ended, and which were neither taken over nor given up.
     *
     * @param limit the most to find; positive
     * @return those that wait longest first
     */
    List<AbandonedKey> find(int limit);

    /**
     * Lets the next request for a key execute, whatever its {@link Takeover} is: nothing took effect, or it may be done again.
     *
     * @param id the digest that names it
     * @return false if it is not abandoned
     * @throws IllegalArgumentException if no key can be named so
     */
    boolean executeAgain(String id);

    /**
     * Completes a key with an answer that somebody made up for it: what took effect is known.
     *
     * @param id the digest that names it
     * @param response what retries are answered with
     * @param retention for how long; positive
     * @return false if it is not abandoned
     * @throws IllegalArgumentException if no key can be named so
     */
    boolean complete(String id, StoredResponse response, Duration retention);
}
