package io.idempotency.core.contract;

import static io.idempotency.core.contract.StoreRules.claimOn;
import static io.idempotency.core.contract.StoreRules.newKey;
import static io.idempotency.core.contract.StoreRules.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.idempotency.core.ClaimResult.Claimed;
import io.idempotency.core.OpenTransaction;
import io.idempotency.core.RecordKey;
import io.idempotency.core.SerializationConflictException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Many threads want one key at the same moment, and whoever gets it rolls back. */
interface RollbackRaceRules extends StoreRules {

    @Test
    default void claimsThatAreRolledBackNeverOverlap() throws InterruptedException {
        try (Race race = new Race()) {
            for (int round = 0; round < Race.ROUNDS; round++) {
                RecordKey key = newKey();
                assertNeverTwo(race, key);
                completed(key, response("at last"));
                assertIsReplayed(key, response("at last"));
            }
        }
    }

    @Test
    default void rolledBackClaimsOnAKeyWhoseRetentionIsOverNeverOverlap() throws InterruptedException {
        RecordKey key = newKey();
        completed(key, response("old"));
        probe().advanceTime(RETENTION.multipliedBy(2));
        try (Race race = new Race()) {
            for (int round = 0; round < Race.ROUNDS; round++) {
                assertNeverTwo(race, key);
            }
        }
        completed(key, response("at last"));
        assertIsReplayed(key, response("at last"));
    }

    private void assertNeverTwo(Race race, RecordKey key) throws InterruptedException {
        AtomicInteger owners = new AtomicInteger();
        List<Integer> seen = race.run(() -> claimAndRollBack(key, owners));
        assertThat(seen).contains(1).allMatch(together -> together <= 1);
    }

    private int claimAndRollBack(RecordKey key, AtomicInteger owners) {
        while (true) {
            OpenTransaction transaction = probe().begin();
            try {
                if (!(probe().store().claim(claimOn(key)) instanceof Claimed)) {
                    return 0;
                }
                int together = owners.incrementAndGet();
                Thread.yield();
                owners.decrementAndGet();
                return together;
            } catch (SerializationConflictException e) {
                continue;
            } finally {
                transaction.rollback();
            }
        }
    }
}
