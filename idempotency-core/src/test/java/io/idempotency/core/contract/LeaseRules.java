package io.idempotency.core.contract;

import static io.idempotency.core.contract.StoreRules.claimByOtherRequest;
import static io.idempotency.core.contract.StoreRules.claimOn;
import static io.idempotency.core.contract.StoreRules.newKey;
import static io.idempotency.core.contract.StoreRules.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.idempotency.core.Attempt;
import io.idempotency.core.Claim;
import io.idempotency.core.ClaimFate;
import io.idempotency.core.ClaimLostException;
import io.idempotency.core.ClaimResult;
import io.idempotency.core.ClaimResult.Abandoned;
import io.idempotency.core.ClaimResult.Claimed;
import io.idempotency.core.ClaimResult.InProgress;
import io.idempotency.core.ClaimResult.KeyReused;
import io.idempotency.core.IdempotencyStore;
import io.idempotency.core.Lease;
import io.idempotency.core.RecordKey;
import io.idempotency.core.Steps;
import io.idempotency.core.Takeover;
import io.idempotency.core.TransactionSettings.Isolation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Claims that are written down: honoured for as long as their lease, proved by their token, and taken over after it. */
interface LeaseRules extends StoreRules {

    Duration SHORT = Duration.ofSeconds(30);
    Duration LIFETIME = Duration.ofMinutes(10);
    Duration MOMENT = Duration.ofSeconds(1);

    static Claim leasedClaimOn(RecordKey key) {
        return leasedClaimOn(key, Takeover.EXECUTE);
    }

    static Claim leasedClaimOn(RecordKey key, Takeover onTakeover) {
        return Claim.leased(key, FINGERPRINT, new Lease(SHORT, LIFETIME, RETENTION, onTakeover));
    }

    static Claim leasedClaimByOtherRequest(RecordKey key) {
        return Claim.leased(key, OTHER_FINGERPRINT, new Lease(SHORT, LIFETIME, RETENTION, Takeover.EXECUTE));
    }

    static Steps steps(String... names) {
        Steps steps = Steps.NONE;
        for (String name : names) {
            steps = steps.with(name, name.getBytes(StandardCharsets.UTF_8));
        }
        return steps;
    }

    /** A claim with a lease is always made at READ COMMITTED. */
    default ClaimResult claim(Claim claim) {
        return probe().at(Isolation.READ_COMMITTED).stepByStep().claim(claim);
    }

    default Claim leased(RecordKey key) {
        Claim claim = leasedClaimOn(key);
        assertThat(claim(claim)).isEqualTo(new Claimed());
        return claim;
    }

    @Test
    default void leasedClaimIsSeenByEverybodyUntilItsLeaseEnds() {
        RecordKey key = newKey();
        leased(key);
        probe().advanceTime(SHORT.minus(MOMENT));

        assertThat(claim(leasedClaimOn(key))).isEqualTo(new InProgress());
        assertThat(claim(leasedClaimByOtherRequest(key))).isEqualTo(new KeyReused());
        assertThat(store().claim(claimOn(key))).isEqualTo(new InProgress());
        assertThat(store().claim(claimByOtherRequest(key))).isEqualTo(new KeyReused());
    }

    @Test
    default void leaseThatEndedIsTakenOverByTheSameRequestAlone() {
        RecordKey key = newKey();
        leased(key);
        probe().advanceTime(SHORT);

        assertThat(claim(leasedClaimByOtherRequest(key))).isEqualTo(new KeyReused());
        assertThat(store().claim(claimOn(key))).isEqualTo(new Abandoned());
        assertThat(claim(leasedClaimOn(key, Takeover.REFUSE))).isEqualTo(new Abandoned());
        assertThat(claim(leasedClaimOn(key))).isEqualTo(new Claimed(new Attempt(2, true, Steps.NONE)));
        assertThat(claim(leasedClaimOn(key))).isEqualTo(new InProgress());
    }

    @Test
    default void takeoversAreCounted() {
        RecordKey key = newKey();
        leased(key);
        for (int attempt = 2; attempt < 5; attempt++) {
            probe().advanceTime(SHORT);
            assertThat(claim(leasedClaimOn(key))).isEqualTo(new Claimed(new Attempt(attempt, true, Steps.NONE)));
        }
    }

    @Test
    default void leasedClaimOnAKeyWhoseRetentionIsOverIsTheFirst() {
        RecordKey key = newKey();
        completed(key, response("old"));
        probe().advanceTime(RETENTION);

        leased(key);
        assertThat(claim(leasedClaimOn(key))).isEqualTo(new InProgress());
    }

    @Test
    default void leasedClaimOfACompletedKeyIsReplayed() {
        RecordKey key = newKey();
        completed(key, response("first"));

        assertThat(claim(leasedClaimOn(key))).isInstanceOf(ClaimResult.Completed.class);
        assertThat(claim(leasedClaimByOtherRequest(key))).isEqualTo(new KeyReused());
    }

    @Test
    default void claimsOfBothModesExcludeEachOther() {
        RecordKey key = newKey();
        try (OtherTransaction open = probe().beginElsewhere().does(store -> store.claim(claimOn(key)))) {
            assertThat(claim(leasedClaimOn(key))).isEqualTo(new InProgress());
        }
        leased(key);
        assertThat(store().claim(claimOn(key))).isEqualTo(new InProgress());
    }

    @Test
    default void rolledBackLeasedClaimLeavesTheKeyNew() {
        RecordKey key = newKey();
        try (OtherTransaction open = probe().at(Isolation.READ_COMMITTED).beginElsewhere()) {
            assertThat(open.claim(leasedClaimOn(key))).isEqualTo(new Claimed());
            open.rollback();
        }
        leased(key);
    }

    @Test
    default void completionOfALeasedClaimIsReplayed() {
        Claim claim = leased(newKey());
        store().complete(claim, response("first"), RETENTION);

        assertIsReplayed(claim.key(), response("first"));
        assertThat(store().fateOf(claim)).isEqualTo(ClaimFate.COMMITTED);
        probe().advanceTime(RETENTION.minus(MOMENT));
        assertIsReplayed(claim.key(), response("first"));
        probe().advanceTime(MOMENT);
        leased(claim.key());
    }

    @Test
    default void ownerWhoseLeaseEndedUnnoticedMayStillComplete() {
        Claim claim = leased(newKey());
        probe().advanceTime(LIFETIME);
        store().complete(claim, response("late"), RETENTION);

        assertIsReplayed(claim.key(), response("late"));
    }

    @Test
    default void ownerThatWasTakenOverCanDoNothingAnyMore() {
        Claim stale = leased(newKey());
        probe().advanceTime(SHORT);
        Claim owner = leasedClaimOn(stale.key());
        assertThat(claim(owner)).isInstanceOf(Claimed.class);

        assertThatThrownBy(() -> store().complete(stale, response("stale"), RETENTION))
                .isInstanceOf(ClaimLostException.class);
        assertThatThrownBy(() -> store().recordSteps(stale, steps("stale"))).isInstanceOf(ClaimLostException.class);
        assertThatThrownBy(() -> store().hold(stale)).isInstanceOf(ClaimLostException.class);
        assertThat(store().renew(List.of(stale))).isZero();
        store().release(stale);
        assertThat(store().fateOf(stale)).isEqualTo(ClaimFate.GONE);

        assertThat(claim(leasedClaimOn(stale.key()))).isEqualTo(new InProgress());
        store().complete(owner, response("owner"), RETENTION);
        assertIsReplayed(stale.key(), response("owner"));
    }

    @Test
    default void completedClaimCanBeCompletedNeitherAgainNorReleased() {
        Claim claim = leased(newKey());
        store().complete(claim, response("first"), RETENTION);

        assertThatThrownBy(() -> store().complete(claim, response("second"), RETENTION))
                .isInstanceOf(ClaimLostException.class);
        assertThatThrownBy(() -> store().hold(claim)).isInstanceOf(ClaimLostException.class);
        assertThatThrownBy(() -> store().recordSteps(claim, steps("a"))).isInstanceOf(ClaimLostException.class);
        store().release(claim);
        assertThat(store().renew(List.of(claim))).isZero();
        assertIsReplayed(claim.key(), response("first"));
    }

    @Test
    default void releasedClaimLeavesTheKeyNew() {
        Claim claim = leased(newKey());
        store().release(claim);

        assertThat(claim(leasedClaimByOtherRequest(claim.key()))).isEqualTo(new Claimed());
    }

    @Test
    default void releasedClaimWithStepsIsGoneOnWithBySameRequest() {
        Claim claim = leased(newKey());
        store().recordSteps(claim, steps("reserve"));
        store().recordSteps(claim, steps("reserve", "charge"));
        store().release(claim);

        assertThat(claim(leasedClaimByOtherRequest(claim.key()))).isEqualTo(new KeyReused());
        assertThat(store().claim(claimOn(claim.key()))).isEqualTo(new Abandoned());
        assertThat(store().renew(List.of(claim))).isZero();
        assertThat(claim(leasedClaimOn(claim.key(), Takeover.REFUSE)))
                .isEqualTo(new Claimed(new Attempt(2, false, steps("reserve", "charge"))));
    }

    @Test
    default void attemptsAreCountedOnAfterOneThatTookOverGaveUp() {
        RecordKey key = newKey();
        leased(key);
        probe().advanceTime(SHORT);
        Claim second = leasedClaimOn(key);
        assertThat(claim(second)).isEqualTo(new Claimed(new Attempt(2, true, Steps.NONE)));
        store().release(second);

        assertThat(claim(leasedClaimByOtherRequest(key))).isEqualTo(new KeyReused());
        assertThat(claim(leasedClaimOn(key))).isEqualTo(new Claimed(new Attempt(3, false, Steps.NONE)));
    }

    @Test
    default void leaseStartsAgainWithEachStep() {
        Claim claim = leased(newKey());
        probe().advanceTime(SHORT.minus(MOMENT));
        store().recordSteps(claim, steps("reserve"));
        probe().advanceTime(SHORT.minus(MOMENT));

        assertThat(claim(leasedClaimOn(claim.key()))).isEqualTo(new InProgress());
        probe().advanceTime(MOMENT);
        assertThat(claim(leasedClaimOn(claim.key()))).isInstanceOf(Claimed.class);
    }

    @Test
    default void stepsAreHandedOnToWhoeverTakesOver() {
        Claim claim = leased(newKey());
        store().recordSteps(claim, steps("reserve"));
        probe().advanceTime(SHORT);

        assertThat(claim(leasedClaimOn(claim.key()))).isEqualTo(new Claimed(new Attempt(2, true, steps("reserve"))));
    }

    @Test
    default void rolledBackStepsAreNotRecorded() {
        Claim claim = leased(newKey());
        try (OtherTransaction open = probe().beginElsewhere()) {
            open.does(store -> store.recordSteps(claim, steps("undone")));
            open.rollback();
        }
        store().release(claim);

        leased(claim.key());
    }

    @Test
    default void renewedLeaseStartsAgain() {
        Claim one = leased(newKey());
        Claim other = leased(newKey());
        Claim left = leased(newKey());
        probe().advanceTime(SHORT.minus(MOMENT));
        assertThat(store().renew(List.of(one, other, leasedClaimOn(newKey())))).isEqualTo(2);
        probe().advanceTime(SHORT.minus(MOMENT));

        assertThat(claim(leasedClaimOn(one.key()))).isEqualTo(new InProgress());
        assertThat(claim(leasedClaimOn(other.key()))).isEqualTo(new InProgress());
        assertThat(claim(leasedClaimOn(left.key()))).isInstanceOf(Claimed.class);
        probe().advanceTime(MOMENT);
        assertThat(claim(leasedClaimOn(one.key()))).isInstanceOf(Claimed.class);
    }

    @Test
    default void leaseThatEndedIsRenewedIfNobodyTookItOver() {
        Claim claim = leased(newKey());
        probe().advanceTime(SHORT.multipliedBy(2));
        assertThat(store().renew(List.of(claim))).isEqualTo(1);

        assertThat(claim(leasedClaimOn(claim.key()))).isEqualTo(new InProgress());
    }

    @Test
    default void noLeaseIsRenewedBeyondItsLifetime() {
        Claim claim = leased(newKey());
        probe().advanceTime(LIFETIME.minus(MOMENT));
        assertThat(store().renew(List.of(claim))).isEqualTo(1);
        assertThat(claim(leasedClaimOn(claim.key()))).isEqualTo(new InProgress());
        probe().advanceTime(MOMENT);

        assertThat(store().renew(List.of(claim))).isZero();
        assertThat(claim(leasedClaimOn(claim.key()))).isInstanceOf(Claimed.class);
    }

    @Test
    default void unsettledRecordIsKeptForOneRetentionAfterItsLifetime() {
        purgeEverything();
        RecordKey key = newKey();
        leased(key);
        probe().advanceTime(LIFETIME.plus(RETENTION).minus(MOMENT));
        assertThat(store().purge(10)).isZero();
        assertThat(claim(leasedClaimOn(key, Takeover.REFUSE))).isEqualTo(new Abandoned());
        probe().advanceTime(MOMENT);

        assertThat(claim(leasedClaimByOtherRequest(key))).isEqualTo(new Claimed());
        probe().advanceTime(LIFETIME.plus(RETENTION));
        assertThat(store().purge(10)).isEqualTo(1);
    }

    @Test
    default void heldClaimIsTakenOverByNobodyBeforeItsTransactionEnds() {
        Claim claim = leased(newKey());
        probe().advanceTime(SHORT);
        try (OtherTransaction open = probe().beginElsewhere().does(store -> store.hold(claim))) {
            assertThat(claim(leasedClaimOn(claim.key()))).isEqualTo(new InProgress());
            assertThat(store().renew(List.of(claim))).isZero();
            open.does(store -> store.recordSteps(claim, steps("a")))
                    .does(store -> store.complete(claim, response("held"), RETENTION));
            assertThat(claim(leasedClaimOn(claim.key()))).isEqualTo(new InProgress());
            assertThat(probe().at(Isolation.READ_COMMITTED).stepByStep().fateOf(claim))
                    .isEqualTo(ClaimFate.UNDECIDED);
            open.commit();
        }
        assertIsReplayed(claim.key(), response("held"));
    }

    @Test
    default void recordThatItsOwnerIsWritingWasNotAbandoned() {
        Claim claim = leased(newKey());
        probe().advanceTime(SHORT);
        try (OtherTransaction open = probe().beginElsewhere().does(store -> store.hold(claim))) {
            assertThat(claim(leasedClaimOn(claim.key(), Takeover.REFUSE))).isEqualTo(new InProgress());
            assertThat(claim(claimOn(claim.key()))).isEqualTo(new InProgress());
            open.rollback();
        }
        assertThat(claim(leasedClaimOn(claim.key(), Takeover.REFUSE))).isEqualTo(new Abandoned());
        assertThat(claim(claimOn(claim.key()))).isEqualTo(new Abandoned());
    }

    @Test
    default void recordThatIsBeingCompletedWasNotAbandoned() {
        Claim claim = leased(newKey());
        probe().advanceTime(SHORT);
        try (OtherTransaction open =
                probe().beginElsewhere().does(store -> store.complete(claim, response("late"), RETENTION))) {
            assertThat(claim(leasedClaimOn(claim.key(), Takeover.REFUSE))).isEqualTo(new InProgress());
            assertThat(claim(claimOn(claim.key()))).isEqualTo(new InProgress());
            open.commit();
        }
        assertIsReplayed(claim.key(), response("late"));
    }

    @Test
    default void holdEndsWithItsTransaction() {
        Claim claim = leased(newKey());
        probe().advanceTime(SHORT);
        try (OtherTransaction open = probe().beginElsewhere().does(store -> store.hold(claim))) {
            open.does(store -> store.complete(claim, response("undone"), RETENTION));
            open.rollback();
        }
        assertThat(probe().at(Isolation.READ_COMMITTED).stepByStep().fateOf(claim))
                .isEqualTo(ClaimFate.GONE);
        assertThat(claim(leasedClaimOn(claim.key()))).isEqualTo(new Claimed(new Attempt(2, true, Steps.NONE)));
    }

    @Test
    default void oneOfManyTakesOver() throws InterruptedException {
        try (Race race = new Race()) {
            for (int round = 0; round < Race.ROUNDS; round++) {
                RecordKey key = newKey();
                leased(key);
                probe().advanceTime(SHORT);
                List<ClaimResult> results = race.run(() -> claim(leasedClaimOn(key)));

                assertThat(results).filteredOn(Claimed.class::isInstance).hasSize(1);
                assertThat(results)
                        .filteredOn(result -> !(result instanceof Claimed))
                        .containsOnly(new InProgress());
            }
        }
    }

    @Test
    default void oneOfManyClaims() throws InterruptedException {
        try (Race race = new Race()) {
            for (int round = 0; round < Race.ROUNDS; round++) {
                RecordKey key = newKey();
                List<ClaimResult> results = race.run(() -> claim(leasedClaimOn(key)));

                assertThat(results).filteredOn(Claimed.class::isInstance).hasSize(1);
            }
        }
    }

    @Test
    default void whatLeasesAreNeededForIsRefusedToClaimsWithoutOne() {
        Claim claim = claimOn(newKey());

        assertThatThrownBy(() -> store().hold(claim)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store().recordSteps(claim, Steps.NONE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store().renew(List.of(claim))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store().release(claim)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    default void whatBelongsToATransactionIsRefusedWithoutOne() {
        Claim claim = leased(newKey());
        IdempotencyStore bare = probe().store();

        assertThatThrownBy(() -> bare.claim(leasedClaimOn(newKey()))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> bare.hold(claim)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> bare.recordSteps(claim, steps("a"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> bare.complete(claim, response("a"), RETENTION))
                .isInstanceOf(IllegalStateException.class);
    }
}
