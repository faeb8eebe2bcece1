package io.idempotency.core.contract;

import static io.idempotency.core.contract.LeaseRules.leasedClaimByOtherRequest;
import static io.idempotency.core.contract.LeaseRules.leasedClaimOn;
import static io.idempotency.core.contract.LeaseRules.steps;
import static io.idempotency.core.contract.StoreRules.claimByOtherRequest;
import static io.idempotency.core.contract.StoreRules.newKey;
import static io.idempotency.core.contract.StoreRules.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.idempotency.core.AbandonedKey;
import io.idempotency.core.Attempt;
import io.idempotency.core.Claim;
import io.idempotency.core.ClaimFate;
import io.idempotency.core.ClaimLostException;
import io.idempotency.core.ClaimResult.Abandoned;
import io.idempotency.core.ClaimResult.Claimed;
import io.idempotency.core.ClaimResult.Completed;
import io.idempotency.core.ClaimResult.InProgress;
import io.idempotency.core.ClaimResult.KeyReused;
import io.idempotency.core.RecordKey;
import io.idempotency.core.Steps;
import io.idempotency.core.StoredResponse;
import io.idempotency.core.Takeover;
import io.idempotency.core.TransactionSettings.Isolation;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Keys whose attempts ended unsettled are found by people, and decided by them once. */
interface AbandonedKeyRules extends LeaseRules {

    StoredResponse MADE_UP = response("made up");

    default List<AbandonedKey> find(int limit) {
        return probe().resolve(keys -> keys.find(limit));
    }

    default boolean executeAgain(RecordKey key) {
        return probe().resolve(keys -> keys.executeAgain(key.id()));
    }

    default boolean complete(RecordKey key) {
        return probe().resolve(keys -> keys.complete(key.id(), MADE_UP, RETENTION));
    }

    /** A claim whose lease has just ended. */
    default Claim abandoned(RecordKey key) {
        Claim claim = leased(key);
        probe().advanceTime(SHORT);
        return claim;
    }

    @Test
    default void keyWhoseLeaseEndedUnsettledIsFound() {
        RecordKey key = abandoned(newKey()).key();
        probe().advanceTime(MOMENT);

        assertThat(find(10)).singleElement().satisfies(found -> {
            assertThat(found.id()).isEqualTo(key.id());
            assertThat(found.attempt()).isEqualTo(1);
            assertThat(found.since()).isBetween(MOMENT, MOMENT.plus(SHORT));
        });
    }

    @Test
    default void nothingElseIsFound() {
        abandoned(newKey());
        probe().advanceTime(LIFETIME.plus(RETENTION).minus(SHORT.multipliedBy(2)));
        completed(newKey(), response("transactional"));
        store().complete(leased(newKey()), response("leased"), RETENTION);
        released(newKey());
        probe().advanceTime(SHORT);
        leased(newKey());

        assertThat(find(10)).isEmpty();
    }

    @Test
    default void thoseThatWaitLongestAreFoundFirstAndNoMoreThanWereAskedFor() {
        RecordKey first = abandoned(newKey()).key();
        RecordKey second = abandoned(newKey()).key();
        RecordKey third = abandoned(newKey()).key();

        assertThat(find(10)).extracting(AbandonedKey::id).containsExactly(first.id(), second.id(), third.id());
        assertThat(find(2)).extracting(AbandonedKey::id).containsExactly(first.id(), second.id());
    }

    @Test
    default void keyThatWasTakenOverIsFoundWhenThatLeaseHasEndedAsWell() {
        RecordKey key = abandoned(newKey()).key();
        assertThat(claim(leasedClaimOn(key))).isInstanceOf(Claimed.class);
        assertThat(find(10)).isEmpty();
        probe().advanceTime(SHORT);

        assertThat(find(10)).extracting(AbandonedKey::attempt).containsExactly(2);
    }

    @Test
    default void evenARefusingClaimExecutesAgainWhenSomebodySaidSo() {
        Claim lost = leased(newKey());
        store().recordSteps(lost, steps("reserve"));
        probe().advanceTime(SHORT);
        assertThat(claim(leasedClaimOn(lost.key(), Takeover.REFUSE))).isEqualTo(new Abandoned());

        assertThat(executeAgain(lost.key())).isTrue();
        assertThat(find(10)).isEmpty();
        assertThat(claim(leasedClaimByOtherRequest(lost.key()))).isEqualTo(new KeyReused());
        assertThat(claim(leasedClaimOn(lost.key(), Takeover.REFUSE)))
                .isEqualTo(new Claimed(new Attempt(2, false, steps("reserve"))));
        assertThat(claim(leasedClaimOn(lost.key(), Takeover.REFUSE))).isEqualTo(new InProgress());
    }

    @Test
    default void keyThatExecutedAgainCanBeAbandonedAndResolvedAgain() {
        RecordKey key = abandoned(newKey()).key();
        executeAgain(key);
        assertThat(claim(leasedClaimOn(key, Takeover.REFUSE))).isInstanceOf(Claimed.class);
        assertThat(executeAgain(key)).isFalse();
        probe().advanceTime(SHORT);

        assertThat(executeAgain(key)).isTrue();
        assertThat(claim(leasedClaimOn(key, Takeover.REFUSE)))
                .isEqualTo(new Claimed(new Attempt(3, false, Steps.NONE)));
    }

    @Test
    default void answerThatSomebodyMadeUpIsReplayedToTheSameRequest() {
        RecordKey key = abandoned(newKey()).key();

        assertThat(complete(key)).isTrue();
        assertThat(find(10)).isEmpty();
        assertIsReplayed(key, MADE_UP);
        assertThat(claim(leasedClaimOn(key, Takeover.REFUSE))).isInstanceOf(Completed.class);
        assertThat(claim(leasedClaimByOtherRequest(key))).isEqualTo(new KeyReused());
        assertThat(store().claim(claimByOtherRequest(key))).isEqualTo(new KeyReused());
    }

    @Test
    default void retentionOfAnAnswerThatSomebodyMadeUpStartsWithIt() {
        RecordKey key = abandoned(newKey()).key();
        probe().advanceTime(LIFETIME);
        complete(key);
        probe().advanceTime(RETENTION.minus(MOMENT.multipliedBy(10)));
        assertIsReplayed(key, MADE_UP);
        probe().advanceTime(MOMENT.multipliedBy(10));

        assertThat(claim(leasedClaimByOtherRequest(key))).isEqualTo(new Claimed());
    }

    @Test
    default void whatIsNotAbandonedCannotBeResolved() {
        Claim over = abandoned(newKey());
        probe().advanceTime(LIFETIME.plus(RETENTION));
        RecordKey completed = completed(newKey(), response("first")).key();
        RecordKey released = released(newKey());
        probe().advanceTime(SHORT);
        RecordKey running = leased(newKey()).key();

        for (RecordKey key : List.of(newKey(), over.key(), completed, released, running)) {
            assertThat(executeAgain(key)).isFalse();
            assertThat(complete(key)).isFalse();
        }
        assertIsReplayed(completed, response("first"));
        assertThat(claim(leasedClaimOn(released))).isInstanceOf(Claimed.class);
        assertThat(claim(leasedClaimOn(running))).isEqualTo(new InProgress());
    }

    @Test
    default void keyIsResolvedOnce() {
        RecordKey key = abandoned(newKey()).key();
        assertThat(complete(key)).isTrue();
        assertThat(complete(key)).isFalse();
        assertThat(executeAgain(key)).isFalse();
        RecordKey other = abandoned(newKey()).key();

        assertThat(executeAgain(other)).isTrue();
        assertThat(executeAgain(other)).isFalse();
        assertThat(complete(other)).isFalse();
    }

    @Test
    default void ownerThatComesBackAfterSomebodyAnsweredForItHasLostItsClaim() {
        Claim owner = abandoned(newKey());
        complete(owner.key());

        assertThatThrownBy(() -> store().complete(owner, response("late"), RETENTION))
                .isInstanceOf(ClaimLostException.class);
        assertThatThrownBy(() -> store().hold(owner)).isInstanceOf(ClaimLostException.class);
        assertThatThrownBy(() -> store().recordSteps(owner, steps("late"))).isInstanceOf(ClaimLostException.class);
        assertThat(store().renew(List.of(owner))).isZero();
        store().release(owner);
        assertThat(fateOf(owner)).isEqualTo(ClaimFate.GONE);
        assertIsReplayed(owner.key(), MADE_UP);
    }

    @Test
    default void ownerThatComesBackBeforeAnybodyExecutedAgainMayStillComplete() {
        Claim owner = abandoned(newKey());
        executeAgain(owner.key());
        assertThat(store().renew(List.of(owner))).isZero();
        store().complete(owner, response("late"), RETENTION);

        assertThat(fateOf(owner)).isEqualTo(ClaimFate.COMMITTED);
        assertIsReplayed(owner.key(), response("late"));
    }

    @Test
    default void ownerThatComesBackAfterSomebodyExecutedAgainHasLostItsClaim() {
        Claim owner = abandoned(newKey());
        executeAgain(owner.key());
        assertThat(claim(leasedClaimOn(owner.key(), Takeover.REFUSE))).isInstanceOf(Claimed.class);

        assertThatThrownBy(() -> store().complete(owner, response("late"), RETENTION))
                .isInstanceOf(ClaimLostException.class);
    }

    @Test
    default void ownerThatRenewedItsLeaseIsNotResolved() {
        Claim owner = abandoned(newKey());
        assertThat(store().renew(List.of(owner))).isEqualTo(1);

        assertThat(find(10)).isEmpty();
        assertThat(complete(owner.key())).isFalse();
        assertThat(executeAgain(owner.key())).isFalse();
    }

    @Test
    default void whatNamesNoKeyIsRefused() {
        String id = newKey().id();
        List<String> malformed = List.of(
                "",
                "x",
                id.substring(1),
                id + "0",
                id + id,
                id.substring(1) + "G",
                id.substring(1) + "A",
                " " + id,
                "%");
        for (String other : malformed) {
            assertThatThrownBy(() -> probe().abandonedKeys().executeAgain(other))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("32 hexadecimal digits");
            assertThatThrownBy(() -> probe().abandonedKeys().complete(other, MADE_UP, RETENTION))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    default void resolutionIsSeenByOthersWhenItsTransactionCommits() {
        RecordKey key = abandoned(newKey()).key();
        try (OtherTransaction open = probe().beginElsewhere()) {
            open.does(store -> assertThat(completeHere(key)).isTrue());
            assertThat(claim(leasedClaimOn(key))).isEqualTo(new InProgress());
            assertThat(executeAgain(key)).isFalse();
            assertThat(complete(key)).isFalse();
            open.commit();
        }
        assertIsReplayed(key, MADE_UP);
    }

    @Test
    default void rolledBackResolutionLeavesTheKeyOpen() {
        RecordKey key = abandoned(newKey()).key();
        try (OtherTransaction open = probe().beginElsewhere()) {
            open.does(store -> assertThat(completeHere(key)).isTrue());
            open.rollback();
        }
        try (OtherTransaction open = probe().beginElsewhere()) {
            open.does(store ->
                    assertThat(probe().abandonedKeys().executeAgain(key.id())).isTrue());
            open.rollback();
        }
        assertThat(claim(leasedClaimOn(key, Takeover.REFUSE))).isEqualTo(new Abandoned());
        assertThat(find(10)).extracting(AbandonedKey::id).containsExactly(key.id());
    }

    private boolean completeHere(RecordKey key) {
        return probe().abandonedKeys().complete(key.id(), MADE_UP, RETENTION);
    }

    @Test
    default void nobodyWaitsForAnOwnerThatIsBack() {
        Claim owner = abandoned(newKey());
        try (OtherTransaction open = probe().beginElsewhere().does(store -> store.hold(owner))) {
            find(10);
            assertThat(executeAgain(owner.key())).isFalse();
            assertThat(complete(owner.key())).isFalse();
            open.does(store -> store.complete(owner, response("late"), RETENTION));
            find(10);
            assertThat(executeAgain(owner.key())).isFalse();
            assertThat(complete(owner.key())).isFalse();
            open.rollback();
        }
        assertThat(complete(owner.key())).isTrue();
    }

    @Test
    default void oneOfManyDecidesAboutAKey() throws InterruptedException {
        try (Race race = new Race()) {
            for (int round = 0; round < Race.ROUNDS; round++) {
                Claim owner = abandoned(newKey());
                AtomicInteger number = new AtomicInteger();
                List<Boolean> decided = race.run(
                        () -> deciders(owner).get(number.getAndIncrement() % 3).call());

                assertThat(decided).filteredOn(Boolean::booleanValue).hasSize(1);
            }
        }
    }

    private List<Callable<Boolean>> deciders(Claim owner) {
        return List.of(
                () -> probe().together(store -> completeHere(owner.key())),
                () -> claim(leasedClaimOn(owner.key())) instanceof Claimed,
                () -> completes(owner));
    }

    private boolean completes(Claim owner) {
        try {
            return probe().at(Isolation.READ_COMMITTED).together(store -> {
                store.complete(owner, response("late"), RETENTION);
                return true;
            });
        } catch (ClaimLostException e) {
            return false;
        }
    }

    @Test
    default void oneOfManyLetsAKeyExecuteAgain() throws InterruptedException {
        try (Race race = new Race()) {
            for (int round = 0; round < Race.ROUNDS; round++) {
                RecordKey key = abandoned(newKey()).key();
                List<Boolean> decided = race.run(
                        () -> probe().together(store -> probe().abandonedKeys().executeAgain(key.id())));

                assertThat(decided).filteredOn(Boolean::booleanValue).hasSize(1);
                assertThat(claim(leasedClaimOn(key, Takeover.REFUSE))).isInstanceOf(Claimed.class);
            }
        }
    }

    /** Given up behind a step, and so open to everybody. */
    private RecordKey released(RecordKey key) {
        Claim claim = leased(key);
        store().recordSteps(claim, steps("reserve"));
        store().release(claim);
        return key;
    }

    private ClaimFate fateOf(Claim claim) {
        return probe().at(Isolation.READ_COMMITTED).stepByStep().fateOf(claim);
    }
}
