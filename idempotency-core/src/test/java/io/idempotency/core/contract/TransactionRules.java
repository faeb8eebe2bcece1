package io.idempotency.core.contract;

import static io.idempotency.core.contract.StoreRules.claimByOtherRequest;
import static io.idempotency.core.contract.StoreRules.claimOn;
import static io.idempotency.core.contract.StoreRules.newKey;
import static io.idempotency.core.contract.StoreRules.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.idempotency.core.Claim;
import io.idempotency.core.ClaimResult;
import io.idempotency.core.ClaimResult.Claimed;
import io.idempotency.core.ClaimResult.Completed;
import io.idempotency.core.ClaimResult.InProgress;
import io.idempotency.core.CommitResult.Committed;
import io.idempotency.core.IdempotencyStore;
import io.idempotency.core.OpenTransaction;
import io.idempotency.core.RecordKey;
import io.idempotency.core.SerializationConflictException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Calls join the transaction of their caller. */
interface TransactionRules extends StoreRules {

    @Test
    default void uncommittedClaimIsInProgressToEverybody() {
        Claim first = claimOn(newKey());
        RecordKey key = first.key();
        try (OtherTransaction open = probe().beginElsewhere()) {
            assertThat(open.claim(first)).isEqualTo(new Claimed());

            assertThat(store().claim(claimOn(key))).isEqualTo(new InProgress());
            assertThat(store().claim(claimByOtherRequest(key))).isEqualTo(new InProgress());

            open.does(store -> store.complete(first, response("first"), RETENTION));
            assertThat(store().claim(claimOn(key))).isEqualTo(new InProgress());
            assertThat(open.commit()).isEqualTo(new Committed());
        }
        assertIsReplayed(key, response("first"));
    }

    @Test
    default void claimEndsWithItsTransactionEvenIfThatIsCommitted() {
        RecordKey key = newKey();
        try (OtherTransaction open = probe().beginElsewhere().does(store -> store.claim(claimOn(key)))) {
            assertThat(open.commit()).isEqualTo(new Committed());
        }
        assertThat(store().claim(claimByOtherRequest(key))).isEqualTo(new Claimed());
    }

    @Test
    default void ownUncommittedCompletionIsReplayedToItsTransaction() {
        Claim claim = claimOn(newKey());
        rolledBack(store -> {
            store.claim(claim);
            store.complete(claim, response("own"), RETENTION);
            assertThat(store.claim(claimOn(claim.key()))).isInstanceOf(Completed.class);
        });
    }

    @Test
    default void claimsAndCompletionsAreRefusedWithoutATransaction() {
        Claim claim = claimOn(newKey());

        assertThatThrownBy(() -> probe().store().claim(claim)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> probe().store().complete(claim, response("first"), RETENTION))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    default void rolledBackClaimLeavesTheKeyNew() {
        RecordKey key = newKey();
        rolledBack(store -> store.claim(claimOn(key)));

        assertThat(store().claim(claimByOtherRequest(key))).isEqualTo(new Claimed());
    }

    @Test
    default void rolledBackCompletionLeavesTheKeyNew() {
        RecordKey key = newKey();
        Claim claim = claimOn(key);
        rolledBack(store -> {
            store.claim(claim);
            store.complete(claim, response("undone"), RETENTION);
        });

        completed(key, response("second"));
        assertIsReplayed(key, response("second"));
    }

    @Test
    default void rolledBackClaimOnAKeyWhoseRetentionIsOverLeavesTheOldRecord() {
        purgeEverything();
        RecordKey key = newKey();
        completed(key, response("old"));
        probe().advanceTime(RETENTION.multipliedBy(2));
        rolledBack(store -> assertThat(store.claim(claimOn(key))).isEqualTo(new Claimed()));

        assertThat(store().purge(100)).isEqualTo(1);
        assertThat(store().claim(claimOn(key))).isEqualTo(new Claimed());
    }

    @Test
    default void keyWhoseRetentionIsOverCanBeClaimedAfterARolledBackClaim() {
        RecordKey key = newKey();
        completed(key, response("old"));
        probe().advanceTime(RETENTION.multipliedBy(2));
        rolledBack(store -> store.claim(claimOn(key)));

        completed(key, response("new"));
        assertIsReplayed(key, response("new"));
    }

    @Test
    default void rolledBackPurgeDeletesNothing() {
        purgeEverything();
        completed(newKey(), response("old"));
        probe().advanceTime(RETENTION.multipliedBy(2));
        rolledBack(store -> assertThat(store.purge(100)).isEqualTo(1));

        assertThat(store().purge(100)).isEqualTo(1);
    }

    @Test
    default void recordThatIsCompletedAfterTheSnapshotIsNeverClaimed() {
        RecordKey key = newKey();
        try (OtherTransaction open = probe().beginElsewhere().does(store -> store.claim(claimOn(newKey())))) {
            completed(key, response("first"));
            open.does(store -> assertThat(isGranted(store, key)).isFalse());
        }
        assertIsReplayed(key, response("first"));
    }

    private static boolean isGranted(IdempotencyStore store, RecordKey key) {
        try {
            ClaimResult result = store.claim(claimOn(key));
            return result instanceof Claimed;
        } catch (SerializationConflictException e) {
            return false;
        }
    }

    private void rolledBack(Consumer<IdempotencyStore> calls) {
        OpenTransaction transaction = probe().begin();
        try {
            calls.accept(probe().store());
        } finally {
            transaction.rollback();
        }
    }
}
