package io.idempotency.core.contract;

import static io.idempotency.core.contract.StoreRules.claimByOtherRequest;
import static io.idempotency.core.contract.StoreRules.claimOn;
import static io.idempotency.core.contract.StoreRules.newKey;
import static io.idempotency.core.contract.StoreRules.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.idempotency.core.ClaimResult.Claimed;
import io.idempotency.core.ClaimResult.Completed;
import io.idempotency.core.RecordKey;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long a response is replayed. */
interface RetentionRules extends StoreRules {

    Duration MINUTE = Duration.ofMinutes(1);

    @Test
    default void responseIsReplayedUntilItsRetentionIsOver() {
        RecordKey key = newKey();
        completed(key, response("first"));

        probe().advanceTime(RETENTION.minus(MINUTE));
        assertIsReplayed(key, response("first"));
        probe().advanceTime(MINUTE.plus(MINUTE));
        assertThat(store().claim(claimOn(key))).isEqualTo(new Claimed());
    }

    @Test
    default void ageOfAReplayIsTheTimeSinceCompletion() {
        RecordKey key = newKey();
        completed(key, response("first"));
        probe().advanceTime(MINUTE);

        assertThat(store().claim(claimOn(key)))
                .isInstanceOfSatisfying(
                        Completed.class,
                        completed -> assertThat(completed.age()).isBetween(MINUTE, RETENTION));
    }

    @Test
    default void whatRemainsOfTheRetentionIsToldWithTheReplay() {
        RecordKey key = newKey();
        completed(key, response("first"));

        assertThat(remaining(key)).isBetween(RETENTION.minus(MINUTE), RETENTION);
        probe().advanceTime(MINUTE.multipliedBy(30));
        assertThat(remaining(key))
                .isBetween(RETENTION.minus(MINUTE.multipliedBy(31)), RETENTION.minus(MINUTE.multipliedBy(30)));
    }

    private Duration remaining(RecordKey key) {
        return assertThat(store().claim(claimOn(key)))
                .asInstanceOf(type(Completed.class))
                .actual()
                .remaining();
    }

    default void everyResponseHasARetentionOfItsOwn() {
        RecordKey brief = newKey();
        RecordKey lasting = newKey();
        completed(brief, response("brief"));
        completed(lasting, response("lasting"), RETENTION.multipliedBy(3));

        probe().advanceTime(RETENTION.multipliedBy(2));

        assertThat(store().claim(claimOn(brief))).isEqualTo(new Claimed());
        assertIsReplayed(lasting, response("lasting"));
    }

    @Test
    default void keyIsNewToAnyRequestWhenItsRetentionIsOver() {
        RecordKey key = newKey();
        completed(key, response("first"));
        probe().advanceTime(RETENTION.plus(MINUTE));

        completed(claimByOtherRequest(key), response("other"), RETENTION);

        assertThat(store().claim(claimByOtherRequest(key)))
                .isInstanceOfSatisfying(
                        Completed.class,
                        completed -> assertThat(completed.response()).isEqualTo(response("other")));
    }
}
