package io.idempotency.core.contract;

import static io.idempotency.core.contract.StoreRules.claimOn;
import static io.idempotency.core.contract.StoreRules.newKey;
import static io.idempotency.core.contract.StoreRules.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.idempotency.core.Claim;
import io.idempotency.core.ClaimFate;
import io.idempotency.core.IdempotencyStore;
import io.idempotency.core.TransactionSettings.Isolation;
import org.junit.jupiter.api.Test;

/** What is said about a claim whose COMMIT was not answered. */
interface FateRules extends StoreRules {

    /** The fate is always asked for in a transaction of its own at READ COMMITTED. */
    default ClaimFate fateOf(Claim claim) {
        return probe().at(Isolation.READ_COMMITTED).stepByStep().fateOf(claim);
    }

    @Test
    default void completedClaimIsCommitted() {
        assertThat(fateOf(completed(newKey(), response("first")))).isEqualTo(ClaimFate.COMMITTED);
    }

    @Test
    default void claimThatNeverCameIsGone() {
        assertThat(fateOf(claimOn(newKey()))).isEqualTo(ClaimFate.GONE);
    }

    @Test
    default void claimThatWasCommittedWithoutACompletionIsGone() {
        Claim claim = claimOn(newKey());
        try (OtherTransaction open = probe().beginElsewhere().does(store -> store.claim(claim))) {
            open.commit();
        }
        assertThat(fateOf(claim)).isEqualTo(ClaimFate.GONE);
    }

    @Test
    default void claimIsGoneWhenSomebodyElseCompletedTheKey() {
        Claim lost = claimOn(newKey());
        completed(lost.key(), response("other"));

        assertThat(fateOf(lost)).isEqualTo(ClaimFate.GONE);
    }

    @Test
    default void fateIsUndecidedWhileTheTransactionIsOpenAndCommittedAfterwards() {
        Claim claim = claimOn(newKey());
        try (OtherTransaction open = probe().beginElsewhere().does(store -> claimAndComplete(store, claim))) {
            assertThat(fateOf(claim)).isEqualTo(ClaimFate.UNDECIDED);
            open.commit();
        }
        assertThat(fateOf(claim)).isEqualTo(ClaimFate.COMMITTED);
    }

    @Test
    default void fateIsUndecidedWhileTheTransactionIsOpenAndGoneAfterItsRollback() {
        Claim claim = claimOn(newKey());
        try (OtherTransaction open = probe().beginElsewhere().does(store -> claimAndComplete(store, claim))) {
            assertThat(fateOf(claim)).isEqualTo(ClaimFate.UNDECIDED);
            open.rollback();
        }
        assertThat(fateOf(claim)).isEqualTo(ClaimFate.GONE);
    }

    @Test
    default void fateOfAReclaimedKeyIsUndecidedWhileTheTransactionIsOpen() {
        Claim first = completed(newKey(), response("first"));
        probe().advanceTime(RETENTION.multipliedBy(2));
        Claim second = claimOn(first.key());
        try (OtherTransaction open = probe().beginElsewhere().does(store -> claimAndComplete(store, second))) {
            assertThat(fateOf(second)).isEqualTo(ClaimFate.UNDECIDED);
            open.commit();
        }
        assertThat(fateOf(second)).isEqualTo(ClaimFate.COMMITTED);
        assertThat(fateOf(first)).isEqualTo(ClaimFate.GONE);
    }

    private static void claimAndComplete(IdempotencyStore store, Claim claim) {
        store.claim(claim);
        store.complete(claim, response("first"), RETENTION);
    }
}
