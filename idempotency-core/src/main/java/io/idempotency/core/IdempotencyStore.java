package io.idempotency.core;

import java.time.Duration;
import java.util.Collection;

/**
 * Keeps one record per key and decides who may execute: a few primitives, each a single decision.
 *
 * <p>What holds for all of them:
 *
 * <ul>
 *   <li><b>Concurrency.</b> Every method may be called by any number of threads and nodes at once.
 *   <li><b>Transactions.</b> A call joins the transaction that is bound to the calling thread: what it wrote is seen by others when
 *       that transaction commits and is gone when it rolls back. {@link #claim}, {@link #complete}, {@link #hold} and
 *       {@link #recordSteps} refuse to be called without one.
 *   <li><b>Time.</b> The store's own clock decides about retention and leases, never the calling node's.
 *   <li><b>Waiting.</b> No call waits for another claim's transaction to end; {@link #hold}, {@link #complete} and {@link #recordSteps}
 *       wait for a concurrent claim, renewal or purge to be written, which takes moments.
 *   <li><b>Errors.</b> {@link StoreUnavailableException} if the store cannot be reached or does not work;
 *       {@link SerializationConflictException} if the same call can succeed in a new transaction;
 *       {@link TransactionAbortedException} if the caller's transaction already failed; {@link IllegalStateException} if there is
 *       no transaction where one is needed.
 * </ul>
 *
 * <p>A claim without a {@linkplain Claim#lease lease} lives in a transaction and ends with it, completed or not. A claim with a lease
 * is written down: it takes effect when the transaction of {@link #claim} commits, and lasts until it is completed, released, taken
 * over, or past the time for which unsettled records are kept.
 *
 * <p>A store proves all this with the contract suite {@code IdempotencyStoreContract}, in the test jar of this module.
 */
public interface IdempotencyStore {

    /**
     * Claims a key, or says why it cannot be had. Among any number of concurrent calls for one key, at most one is answered with
     * {@link ClaimResult.Claimed} until its claim has ended; if it was completed, none is until the retention is over.
     *
     * <p>A claim with a lease takes a record over whose owner left it, if its {@link Takeover} allows that. It is to be made at READ
     * COMMITTED, in a transaction of its own that is committed before the handler starts.
     *
     * @param claim the claim to make
     * @return the state in which the key was found
     * @throws UnreadableRecordException if the key's record was written by a release that this one does not understand
     */
    ClaimResult claim(Claim claim);

    /**
     * Finishes a claim with the response to replay. The retention starts now.
     *
     * @param claim a claim that was answered with {@link ClaimResult.Claimed}, in this transaction if it has no lease
     * @param response the response
     * @param retention how long it is replayed; positive
     * @throws ClaimLostException if another claim has the key, or it is completed; nothing was written, and the transaction can
     *     only be rolled back
     */
    void complete(Claim claim, StoredResponse response, Duration retention);

    /**
     * Says what became of a completed claim whose COMMIT was not answered. To be called in a transaction of its own at READ
     * COMMITTED, which must be ended before the answer is relied on.
     *
     * @param claim the claim in question
     * @return never a guess: {@link ClaimFate#UNDECIDED} as long as the claim's own transaction may still commit
     */
    ClaimFate fateOf(Claim claim);

    /**
     * Keeps a leased claim for the rest of the transaction, whether its lease ends meanwhile or not: nobody takes it over before the
     * transaction has ended. Called first in a transaction, it also keeps later calls from meeting a concurrent renewal.
     *
     * @param claim a claim with a lease
     * @throws ClaimLostException if it is not held any more
     */
    void hold(Claim claim);

    /**
     * Replaces what a leased claim's record says about its steps, and lets its lease start again. What the steps did in the same
     * transaction commits with it, or neither does.
     *
     * @param claim a claim with a lease
     * @param steps all steps so far
     * @throws ClaimLostException if it is not held any more; the transaction can only be rolled back
     */
    void recordSteps(Claim claim, Steps steps);

    /**
     * Gives a leased claim up, so that the next request executes at once. Where steps were recorded, or an earlier attempt was taken
     * over, the record stays, so that nobody takes what follows for the first attempt; else nothing stays. Does nothing if the claim
     * is not held any more.
     *
     * @param claim a claim with a lease
     */
    void release(Claim claim);

    /**
     * Lets the leases of claims start again, as far as their lifetime goes. Claims that are not held any more, or whose record is
     * being written at the moment, are passed over.
     *
     * @param claims claims with leases
     * @return how many were renewed
     */
    int renew(Collection<Claim> claims);

    /**
     * Deletes records whose retention is over. Neither waits for claims nor makes them wait longer than for one such batch, and
     * any number of nodes may do it at once.
     *
     * @param limit the most records to delete; positive
     * @return how many were deleted; less than the limit if there are no more
     */
    int purge(int limit);
}
