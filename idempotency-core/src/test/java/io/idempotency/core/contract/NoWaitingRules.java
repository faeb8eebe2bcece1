package io.idempotency.core.contract;

import static io.idempotency.core.contract.StoreRules.claimByOtherRequest;
import static io.idempotency.core.contract.StoreRules.claimOn;
import static io.idempotency.core.contract.StoreRules.newKey;
import static io.idempotency.core.contract.StoreRules.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.idempotency.core.Claim;
import io.idempotency.core.ClaimLostException;
import io.idempotency.core.ClaimResult.Claimed;
import io.idempotency.core.ClaimResult.Completed;
import io.idempotency.core.ClaimResult.InProgress;
import io.idempotency.core.CommitResult.Committed;
import io.idempotency.core.IdempotencyStore;
import io.idempotency.core.RecordKey;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * No call waits for another claim's transaction: in each of these tests that transaction ends only after all the calls have
 * returned, so that a store which waits never gets there.
 */
interface NoWaitingRules extends StoreRules {

    @Test
    default void nobodyWaitsForAnUncommittedClaim() {
        RecordKey key = newKey();
        nobodyWaitsWhile(key, store -> store.claim(claimOn(key)));

        assertThat(store().claim(claimOn(key))).isEqualTo(new Claimed());
    }

    @Test
    default void nobodyWaitsForAnUncommittedCompletion() {
        Claim claim = claimOn(newKey());
        nobodyWaitsWhile(claim.key(), store -> {
            store.claim(claim);
            store.complete(claim, response("open"), RETENTION);
        });

        assertThat(store().claim(claimOn(claim.key()))).isEqualTo(new Claimed());
    }

    @Test
    default void nobodyWaitsForAnUncommittedClaimOnAKeyWhoseRetentionIsOver() {
        RecordKey key = newKey();
        completed(key, response("old"));
        probe().advanceTime(RETENTION.multipliedBy(2));

        nobodyWaitsWhile(key, store -> assertThat(store.claim(claimOn(key))).isEqualTo(new Claimed()));

        assertThat(store().claim(claimOn(key))).isEqualTo(new Claimed());
    }

    @Test
    default void claimsOnDifferentKeysDoNotDisturbEachOther() {
        RecordKey mine = newKey();
        try (OtherTransaction open = probe().beginElsewhere().does(store -> store.claim(claimOn(newKey())))) {
            completed(mine, response("mine"));
            assertIsReplayed(mine, response("mine"));
            open.rollback();
        }
    }

    @Test
    default void replayIsNotHeldUpByAnotherReplayThatIsStillBeingRead() {
        RecordKey key = newKey();
        completed(key, response("first"));
        try (OtherTransaction open = probe().beginElsewhere()) {
            assertThat(open.claim(claimOn(key))).isInstanceOf(Completed.class);
            assertIsReplayed(key, response("first"));
        }
    }

    @Test
    default void purgeLeavesWhatAnOpenTransactionClaimedAgain() {
        purgeEverything();
        RecordKey key = newKey();
        Claim next = claimOn(key);
        completed(key, response("old"));
        probe().advanceTime(RETENTION.multipliedBy(2));
        try (OtherTransaction open = probe().beginElsewhere().does(store -> store.claim(next))) {
            assertThat(store().purge(100)).isZero();
            open.does(store -> store.complete(next, response("next"), RETENTION));
            assertThat(open.commit()).isEqualTo(new Committed());
        }
        assertIsReplayed(key, response("next"));
    }

    @Test
    default void purgeDoesNotWaitForAnotherPurge() {
        purgeEverything();
        completed(newKey(), response("old"));
        completed(newKey(), response("old"));
        probe().advanceTime(RETENTION.multipliedBy(2));
        try (OtherTransaction open = probe().beginElsewhere()) {
            assertThat(open.purge(1)).isEqualTo(1);
            assertThat(store().purge(100)).isEqualTo(1);
            open.rollback();
        }
        assertThat(store().purge(100)).isEqualTo(1);
    }

    private void nobodyWaitsWhile(RecordKey key, Consumer<IdempotencyStore> calls) {
        Claim foreign = claimOn(key);
        try (OtherTransaction open = probe().beginElsewhere().does(calls)) {
            assertThat(store().claim(claimOn(key))).isEqualTo(new InProgress());
            assertThat(store().claim(claimByOtherRequest(key))).isNotInstanceOfAny(Claimed.class, Completed.class);
            assertThatThrownBy(() -> store().complete(foreign, response("foreign"), RETENTION))
                    .isInstanceOf(ClaimLostException.class);
            store().fateOf(foreign);
            store().purge(1);
            open.rollback();
        }
    }
}
