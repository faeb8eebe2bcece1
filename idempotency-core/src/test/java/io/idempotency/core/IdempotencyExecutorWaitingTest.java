package io.idempotency.core;

import static io.idempotency.core.Rehearsal.raises;
import static org.assertj.core.api.Assertions.assertThat;

import io.idempotency.core.ExecutionOutcome.Executed;
import io.idempotency.core.ExecutionOutcome.InProgress;
import io.idempotency.core.ExecutionOutcome.KeyReused;
import io.idempotency.core.ExecutionOutcome.Replayed;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A duplicate of what another node executes, told with a clock that is moved by hand. */
class IdempotencyExecutorWaitingTest {

    private final ExecutorStage stage = new ExecutorStage(Duration.ofMillis(120));
    private final Rehearsal rehearsal = stage.rehearsal;

    @AfterEach
    void noTransactionIsLeftOpen() {
        assertThat(rehearsal.open).isZero();
    }

    @Test
    void duplicateOfAnotherNodesRequestAsksAgainUntilItCanReplay() throws Exception {
        rehearsal
                .claim(new ClaimResult.InProgress())
                .claim(new ClaimResult.InProgress())
                .claim(Samples.completed(Samples.response(201), Duration.ZERO));

        assertThat(stage.answering(500)).isEqualTo(new Replayed(Samples.response(201), Duration.ZERO));
        assertThat(stage.script())
                .isEqualTo("begin claim rollback pause begin claim rollback pause begin claim rollback");
        assertThat(stage.pauses).containsExactly(Duration.ofMillis(50), Duration.ofMillis(50));
    }

    @Test
    void duplicateExecutesWhenTheOtherNodeLeavesNothing() throws Exception {
        rehearsal.claim(new ClaimResult.InProgress());

        assertThat(stage.answering(201)).isEqualTo(new Executed());
        assertThat(stage.script()).isEqualTo("begin claim rollback pause begin claim handle complete commit");
    }

    @Test
    void duplicateGivesUpAtItsDeadlineAndNotLater() throws Exception {
        IntStream.range(0, 100).forEach(i -> rehearsal.claim(new ClaimResult.InProgress()));

        assertThat(stage.answering(201)).isEqualTo(new InProgress());
        assertThat(stage.pauses).containsExactly(Duration.ofMillis(50), Duration.ofMillis(50), Duration.ofMillis(20));
        assertThat(stage.script().split(" ")).filteredOn("claim"::equals).hasSize(4);
    }

    @Test
    void whatIsDecidedIsNotWaitedFor() throws Exception {
        rehearsal.claim(new ClaimResult.KeyReused());

        assertThat(stage.answering(201)).isEqualTo(new KeyReused());
        assertThat(stage.pauses).isEmpty();
    }

    @Test
    void claimThatAlwaysConflictsIsWaitedForLikeOneInProgress() throws Exception {
        IntStream.range(0, 8).forEach(i -> rehearsal.claim(raises(new SerializationConflictException("conflict"))));

        assertThat(stage.answering(201)).isEqualTo(new Executed());
        assertThat(stage.pauses).containsExactly(Duration.ofMillis(50));
    }

    @Test
    void interruptionEndsTheWaitAndIsNotForgotten() throws Exception {
        rehearsal.claim(new ClaimResult.InProgress());
        stage.duringPause(() -> Thread.currentThread().interrupt());

        assertThat(stage.answering(201)).isEqualTo(new InProgress());
        assertThat(Thread.interrupted()).isTrue();
        assertThat(stage.script()).isEqualTo("begin claim rollback pause");
    }

    @Test
    void keyIsNotInFlightDuringAPause() throws Exception {
        rehearsal.claim(new ClaimResult.InProgress());
        stage.duringPause(() -> {
            stage.duringPause(() -> {});
            assertThat(executesMeanwhile()).isEqualTo(new Executed());
        });

        assertThat(stage.answering(201)).isEqualTo(new Executed());
    }

    private ExecutionOutcome executesMeanwhile() {
        try {
            return stage.answering(201);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
