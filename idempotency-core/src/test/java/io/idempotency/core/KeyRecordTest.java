package io.idempotency.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.idempotency.core.ClaimResult.Abandoned;
import io.idempotency.core.ClaimResult.Completed;
import io.idempotency.core.ClaimResult.InProgress;
import io.idempotency.core.ClaimResult.KeyReused;
import io.idempotency.core.KeyRecord.Completion;
import io.idempotency.core.KeyRecord.Unsettled;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeyRecordTest {

    private static final Duration AGE = Duration.ofSeconds(3);
    private static final Duration REMAINING = Duration.ofSeconds(4);

    private final Claim claim = Samples.claim("key");

    @Test
    void openRecordIsInProgressToTheSameRequestAndReusedByAnother() {
        assertThat(new KeyRecord(claim.fingerprint(), Unsettled.RUNNING).classify(claim))
                .isEqualTo(new InProgress());
        for (Unsettled state : Unsettled.values()) {
            assertThat(new KeyRecord(Samples.fingerprint(1, 8), state).classify(claim))
                    .isEqualTo(new KeyReused());
        }
    }

    @Test
    void recordThatWasLeftIsAbandonedToWhomeverMayNotTakeItOver() {
        assertThat(new KeyRecord(claim.fingerprint(), Unsettled.ABANDONED).classify(claim))
                .isEqualTo(new Abandoned());
        assertThat(new KeyRecord(claim.fingerprint(), Unsettled.RELEASED).classify(claim))
                .isEqualTo(new Abandoned());
    }

    @Test
    void recordIsOpenToLeasedClaimsForTheSameRequest() {
        assertOpen(Unsettled.RUNNING, Takeover.EXECUTE, false);
        assertOpen(Unsettled.RUNNING, Takeover.REFUSE, false);
        assertOpen(Unsettled.ABANDONED, Takeover.EXECUTE, true);
        assertOpen(Unsettled.ABANDONED, Takeover.REFUSE, false);
        assertOpen(Unsettled.RELEASED, Takeover.EXECUTE, true);
        assertOpen(Unsettled.RELEASED, Takeover.REFUSE, true);
    }

    private void assertOpen(Unsettled state, Takeover onTakeover, boolean open) {
        Lease lease = new Lease(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3), onTakeover);
        KeyRecord record = new KeyRecord(claim.fingerprint(), state);

        assertThat(record.isOpenTo(Claim.leased(claim.key(), claim.fingerprint(), lease)))
                .isEqualTo(open);
        assertThat(record.isOpenTo(Claim.leased(claim.key(), Samples.fingerprint(2, 8), lease)))
                .isEqualTo(open);
        assertThat(record.isOpenTo(Claim.leased(claim.key(), Samples.fingerprint(1, 8), lease)))
                .isFalse();
        assertThat(record.isOpenTo(claim)).isFalse();
    }

    @Test
    void settledRecordIsCompletedToTheSameRequest() {
        assertThat(settled(claim.fingerprint(), AGE).classify(claim))
                .isEqualTo(new Completed(claim.fingerprint(), Samples.response(201), AGE, REMAINING));
    }

    @Test
    void settledRecordOfAnotherReleaseIsCompletedToo() {
        assertThat(settled(Samples.fingerprint(2, 8), AGE).classify(claim))
                .isEqualTo(new Completed(Samples.fingerprint(2, 8), Samples.response(201), AGE, REMAINING));
    }

    @Test
    void responseIsNotReadForAnotherRequest() {
        KeyRecord record = new KeyRecord(
                Samples.fingerprint(1, 8),
                new Completion(
                        () -> {
                            throw new UnreadableRecordException("not to be read");
                        },
                        AGE,
                        REMAINING));

        assertThat(record.classify(claim)).isEqualTo(new KeyReused());
    }

    @Test
    void ageIsNeverNegative() {
        assertThat(settled(claim.fingerprint(), AGE.negated()).classify(claim))
                .isEqualTo(new Completed(claim.fingerprint(), Samples.response(201), Duration.ZERO, REMAINING));
    }

    private static KeyRecord settled(RequestFingerprint fingerprint, Duration age) {
        return new KeyRecord(fingerprint, new Completion(() -> Samples.response(201), age, REMAINING));
    }
}
