package io.idempotency.core.contract;

import static io.idempotency.core.contract.StoreRules.claimOn;
import static io.idempotency.core.contract.StoreRules.newKey;
import static io.idempotency.core.contract.StoreRules.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.idempotency.core.Claim;
import io.idempotency.core.ClaimResult;
import io.idempotency.core.ClaimResult.Claimed;
import io.idempotency.core.ClaimResult.Completed;
import io.idempotency.core.ClaimResult.InProgress;
import io.idempotency.core.RecordKey;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Many threads want one key at the same moment. */
interface RaceRules extends StoreRules {

    @Test
    default void oneOfManyClaimsIsGrantedAndItsResponseIsReplayed() throws InterruptedException {
        try (Race race = new Race()) {
            for (int round = 0; round < Race.ROUNDS; round++) {
                RecordKey key = newKey();
                assertOneIsGranted(key, race.run(() -> claimAndComplete(key)));
            }
        }
    }

    @Test
    default void oneOfManyClaimsIsGrantedWhileTheOldRecordIsPurged() throws InterruptedException {
        purgeEverything();
        List<RecordKey> keys =
                Stream.generate(StoreRules::newKey).limit(Race.ROUNDS).toList();
        keys.forEach(key -> completed(key, response("old")));
        probe().advanceTime(RETENTION.multipliedBy(2));
        try (Race race = new Race()) {
            for (RecordKey key : keys) {
                AtomicInteger number = new AtomicInteger();
                assertOneIsGranted(key, race.run(() -> {
                    if (number.getAndIncrement() % 4 == 0) {
                        probe().together(store -> store.purge(1));
                    }
                    return claimAndComplete(key);
                }));
            }
        }
    }

    /** Every response tells its claim, so that a replay tells whose it is. */
    private Attempt claimAndComplete(RecordKey key) {
        return probe().together(store -> {
            Claim claim = claimOn(key);
            ClaimResult result = store.claim(claim);
            if (result instanceof Claimed) {
                store.complete(claim, response(claim.token().toString()), RETENTION);
            }
            return new Attempt(claim, result);
        });
    }

    private void assertOneIsGranted(RecordKey key, List<Attempt> attempts) {
        List<Attempt> granted = attempts.stream()
                .filter(attempt -> attempt.result() instanceof Claimed)
                .toList();
        assertThat(granted).hasSize(1);
        String winner = granted.get(0).claim().token().toString();
        assertThat(attempts).allSatisfy(attempt -> {
            assertThat(attempt.result()).isInstanceOfAny(Claimed.class, InProgress.class, Completed.class);
            if (attempt.result() instanceof Completed completed) {
                assertThat(completed.response()).isEqualTo(response(winner));
            }
        });
        assertIsReplayed(key, response(winner));
    }

    /**
     * What one runner got.
     *
     * @param claim what it asked for
     * @param result what it was answered
     */
    record Attempt(Claim claim, ClaimResult result) {}
}
