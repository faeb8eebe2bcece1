package io.idempotency.core;

import java.time.Duration;

/**
 * Keeps one record per key and decides who may execute: a few primitives, each a single decision.
 *
 * <p>What holds for all of them:
 *
 * <ul>
 *   <li><b>Concurrency.</b> Every method may be called by any number of threads and nodes at once.
 *   <li><b>Transactions.</b> A call joins the transaction that is bound to the calling thread: what it wrote is seen by others when
 *       that transaction commits and is gone when it rolls back. A claim lives in a transaction and ends with it, completed or
 *       not; {@link #claim} and {@link #complete} refuse to be called without one.
 *   <li><b>Time.</b> The store's own clock decides about retention, never the calling node's.
 *   <li><b>Waiting.</b> No call waits for another claim's transaction to end.
 *   <li><b>Errors.</b> {@link StoreUnavailableException} if the store cannot be reached or does not work;
 *       {@link SerializationConflictException} if the same call can succeed in a new transaction;
 *       {@link TransactionAbortedException} if the caller's transaction already failed; {@link IllegalStateException} if there is
 *       no transaction where one is needed.
 * </ul>
 *
 * <p>A store proves all this with the contract suite {@code IdempotencyStoreContract}, in the test jar of this module.
 */
public interface IdempotencyStore {

    /**
     * Claims a key for the rest of the transaction, or says why it cannot be had. Among any number of concurrent calls for one key, at
     * most one is answered with {@link ClaimResult.Claimed} until its transaction has ended; if that committed a completion, none is
     * until the retention is over.
     *
     * @param claim the claim to make
     * @return the state in which the key was found
     * @throws UnreadableRecordException if the key is completed by a release that this one does not understand
     */
    ClaimResult claim(Claim claim);

    /**
     * Finishes a claim, in its own transaction, with the response to replay. The retention starts now.
     *
     * @param claim a claim that was answered with {@link ClaimResult.Claimed} in this transaction
     * @param response the response
     * @param retention how long it is replayed; positive
     * @throws ClaimLostException if another transaction has the key, or it is completed; nothing was written, and the transaction can
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
     * Deletes records whose retention is over. Neither waits for claims nor makes them wait longer than for one such batch, and
     * any number of nodes may do it at once.
     *
     * @param limit the most records to delete; positive
     * @return how many were deleted; less than the limit if there are no more
     */
    int purge(int limit);
}
