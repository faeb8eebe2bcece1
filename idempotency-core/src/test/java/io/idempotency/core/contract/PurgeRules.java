package io.idempotency.core.contract;

import static io.idempotency.core.contract.StoreRules.claimOn;
import static io.idempotency.core.contract.StoreRules.newKey;
import static io.idempotency.core.contract.StoreRules.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.idempotency.core.ClaimResult.Claimed;
import io.idempotency.core.RecordKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which records are deleted, and which never are. */
interface PurgeRules extends StoreRules {

    default void leaveRecordsWhoseRetentionIsOver(int count) {
        purgeEverything();
        for (int i = 0; i < count; i++) {
            completed(newKey(), response("old"));
        }
        probe().advanceTime(RETENTION.multipliedBy(2));
    }

    @Test
    default void purgeDeletesOnlyRecordsWhoseRetentionIsOver() {
        purgeEverything();
        RecordKey lasting = newKey();
        completed(lasting, response("lasting"), RETENTION.multipliedBy(5));
        completed(newKey(), response("old"));
        completed(newKey(), response("old"));
        completed(newKey(), response("old"));
        probe().advanceTime(RETENTION.multipliedBy(2));
        RecordKey young = newKey();
        completed(young, response("young"));

        assertThat(store().purge(100)).isEqualTo(3);
        assertThat(store().purge(100)).isZero();
        assertIsReplayed(lasting, response("lasting"));
        assertIsReplayed(young, response("young"));
    }

    @Test
    default void purgeDeletesNoMoreThanItsLimit() {
        leaveRecordsWhoseRetentionIsOver(5);

        assertThat(store().purge(2)).isEqualTo(2);
        assertThat(store().purge(2)).isEqualTo(2);
        assertThat(store().purge(2)).isEqualTo(1);
        assertThat(store().purge(2)).isZero();
    }

    @Test
    default void purgeLeavesAKeyThatWasClaimedAgain() {
        purgeEverything();
        RecordKey key = newKey();
        completed(key, response("old"));
        probe().advanceTime(RETENTION.multipliedBy(2));
        completed(key, response("new"));

        assertThat(store().purge(100)).isZero();
        assertIsReplayed(key, response("new"));
    }

    @Test
    default void purgedKeyIsNew() {
        purgeEverything();
        RecordKey key = newKey();
        completed(key, response("old"));
        probe().advanceTime(RETENTION.multipliedBy(2));

        assertThat(store().purge(100)).isEqualTo(1);
        assertThat(store().claim(claimOn(key))).isEqualTo(new Claimed());
    }

    @Test
    default void anyNumberOfNodesPurgeAtOnceAndEveryRecordIsCountedOnce() throws InterruptedException {
        leaveRecordsWhoseRetentionIsOver(100);
        List<Integer> counts;
        try (Race race = new Race()) {
            counts = race.run(() -> {
                int sum = 0;
                for (int count = purgeThree(); count > 0; count = purgeThree()) {
                    sum += count;
                }
                return sum;
            });
        }
        assertThat(counts.stream().mapToInt(Integer::intValue).sum() + store().purge(1000))
                .isEqualTo(100);
    }

    private int purgeThree() {
        return probe().together(store -> store.purge(3));
    }
}
