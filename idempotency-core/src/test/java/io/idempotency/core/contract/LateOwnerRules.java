package io.idempotency.core.contract;

import static io.idempotency.core.contract.LeaseRules.leasedClaimByOtherRequest;
import static io.idempotency.core.contract.LeaseRules.leasedClaimOn;
import static io.idempotency.core.contract.LeaseRules.steps;
import static io.idempotency.core.contract.StoreRules.claimOn;
import static io.idempotency.core.contract.StoreRules.newKey;
import static io.idempotency.core.contract.StoreRules.response;
import static org.assertj.core.api.Assertions.assertThat;

import io.idempotency.core.Claim;
import io.idempotency.core.ClaimLostException;
import io.idempotency.core.ClaimResult.Claimed;
import io.idempotency.core.ClaimResult.Completed;
import io.idempotency.core.ClaimResult.InProgress;
import io.idempotency.core.RecordKey;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Owners that write to their claims when nobody expects them to any more. */
interface LateOwnerRules extends LeaseRules {

    @Test
    default void nobodyWaitsForAnOwnerThatIsWriting() {
        Claim owner = leased(newKey());
        probe().advanceTime(SHORT);
        try (OtherTransaction open = probe().beginElsewhere().does(store -> store.hold(owner))) {
            assertNobodyGets(owner.key());
            open.does(store -> store.recordSteps(owner, steps("reserve")));
            assertNobodyGets(owner.key());
            open.does(store -> store.complete(owner, response("late"), RETENTION));
            assertNobodyGets(owner.key());
            open.commit();
        }
        assertIsReplayed(owner.key(), response("late"));
    }

    @Test
    default void nobodyExecutesBesideTheOwnerOfARecordWhoseRetentionIsOver() {
        purgeEverything();
        Claim owner = leased(newKey());
        probe().advanceTime(LIFETIME.plus(RETENTION));
        try (OtherTransaction open = probe().beginElsewhere().does(store -> store.hold(owner))) {
            assertNobodyGets(owner.key());
            assertThat(store().purge(10)).isZero();
            open.does(store -> store.complete(owner, response("late"), RETENTION));
            assertNobodyGets(owner.key());
            assertThat(store().purge(10)).isZero();
            open.commit();
        }
        assertIsReplayed(owner.key(), response("late"));
    }

    private void assertNobodyGets(RecordKey key) {
        assertThat(claim(leasedClaimOn(key))).isEqualTo(new InProgress());
        assertThat(claim(leasedClaimByOtherRequest(key))).isNotInstanceOfAny(Claimed.class, Completed.class);
        assertThat(store().claim(claimOn(key))).isNotInstanceOfAny(Claimed.class, Completed.class);
    }

    @Test
    default void oneOfManySettlesAnExpiredRecord() throws InterruptedException {
        settleInARace(() -> {
            Claim owner = leased(newKey());
            probe().advanceTime(LIFETIME.plus(RETENTION));
            return owner;
        });
    }

    @Test
    default void oneOfManySettlesARecordThatWasLeft() throws InterruptedException {
        settleInARace(() -> {
            Claim owner = leased(newKey());
            probe().advanceTime(SHORT);
            return owner;
        });
    }

    /** Whoever completes, or claims and goes on, has the key alone; renewals and purges in between change nothing of that. */
    private void settleInARace(Supplier<Claim> left) throws InterruptedException {
        try (Race race = new Race()) {
            for (int round = 0; round < Race.ROUNDS; round++) {
                Claim owner = left.get();
                AtomicInteger number = new AtomicInteger();
                List<Callable<Boolean>> runners = List.of(
                        () -> completes(owner),
                        () -> store().renew(List.of(owner)) > 1,
                        () -> claim(leasedClaimOn(owner.key())) instanceof Claimed,
                        () -> store().purge(1) > 1);
                List<Boolean> alone = race.run(() ->
                        runners.get(number.getAndIncrement() % runners.size()).call());

                assertThat(alone).filteredOn(Boolean::booleanValue).hasSizeLessThanOrEqualTo(1);
            }
        }
    }

    /** As owners do: the claim is held before anything is done. */
    private boolean completes(Claim owner) {
        try {
            return probe().together(store -> {
                store.hold(owner);
                store.complete(owner, response("late"), RETENTION);
                return true;
            });
        } catch (ClaimLostException e) {
            return false;
        }
    }
}
