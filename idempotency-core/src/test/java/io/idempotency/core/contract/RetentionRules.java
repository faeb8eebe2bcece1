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
        Claim claim = claimed(key);
        probe().advanceTime(RETENTION.multipliedBy(10));
        store().complete(claim, response("first"), RETENTION);
        probe().advanceTime(MINUTE);

        assertThat(store().claim(claimOn(key)))
                .isInstanceOfSatisfying(
                        Completed.class,
                        completed -> assertThat(completed.age()).isBetween(MINUTE, RETENTION));
    }

    @Test
    default void retentionCountsFromCompletionAndNotFromTheClaim() {
        RecordKey key = newKey();
        Claim claim = claimed(key);
        probe().advanceTime(RETENTION.multipliedBy(10));

        store().complete(claim, response("first"), RETENTION);
        probe().advanceTime(RETENTION.minus(MINUTE));

        assertIsReplayed(key, response("first"));
    }

    @Test
    default void openClaimIsHonouredHoweverOldItIs() {
        RecordKey key = newKey();
        claimed(key);

        probe().advanceTime(Duration.ofDays(400));

        assertThat(store().claim(claimOn(key))).isEqualTo(new InProgress());
    }

    @Test
    default void everyResponseHasARetentionOfItsOwn() {
        RecordKey brief = newKey();
        RecordKey lasting = newKey();
        store().complete(claimed(brief), response("brief"), RETENTION);
        store().complete(claimed(lasting), response("lasting"), RETENTION.multipliedBy(3));

        probe().advanceTime(RETENTION.multipliedBy(2));

        assertThat(store().claim(claimOn(brief))).isEqualTo(new Claimed());
        assertIsReplayed(lasting, response("lasting"));
    }

    @Test
    default void keyIsNewToAnyRequestWhenItsRetentionIsOver() {
        RecordKey key = newKey();
        completed(key, response("first"));
        probe().advanceTime(RETENTION.plus(MINUTE));

        Claim other = claimByOtherRequest(key);
        assertThat(store().claim(other)).isEqualTo(new Claimed());
        store().complete(other, response("other"), RETENTION);

        assertThat(store().claim(claimByOtherRequest(key)))
                .isInstanceOfSatisfying(
                        Completed.class,
                        completed -> assertThat(completed.response()).isEqualTo(response("other")));
    }

    @Test
    default void claimOnAKeyWhoseRetentionIsOverIsInProgressToOthers() {
        RecordKey key = newKey();
        completed(key, response("first"));
        probe().advanceTime(RETENTION.plus(MINUTE));
        claimed(key);

        assertThat(store().claim(claimOn(key))).isEqualTo(new InProgress());
    }

    @Test
    default void oldTokenCannotCompleteWhenTheRetentionIsOver() {
        RecordKey key = newKey();
        Claim old = completed(key, response("old"));
        probe().advanceTime(RETENTION.plus(MINUTE));

        assertThatThrownBy(() -> store().complete(old, response("late"), RETENTION))
                .isInstanceOf(ClaimLostException.class);
        Claim next = claimed(key);
        assertThatThrownBy(() -> store().complete(old, response("late"), RETENTION))
                .isInstanceOf(ClaimLostException.class);
        store().release(old);
        store().complete(next, response("next"), RETENTION);
        assertIsReplayed(key, response("next"));
    }

    @Test
    default void releasedClaimOnAKeyWhoseRetentionIsOverLeavesItNew() {
        RecordKey key = newKey();
        completed(key, response("first"));
        probe().advanceTime(RETENTION.plus(MINUTE));

        store().release(claimed(key));

        assertThat(store().claim(claimOn(key))).isEqualTo(new Claimed());
    }
}
