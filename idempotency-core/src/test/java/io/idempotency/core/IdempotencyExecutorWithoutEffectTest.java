package io.idempotency.core;

import static io.idempotency.core.Rehearsal.raises;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.idempotency.core.ClaimResult.Claimed;
import io.idempotency.core.CommitResult.Failed;
import io.idempotency.core.ExecutionOutcome.ClaimLost;
import io.idempotency.core.ExecutionOutcome.CommitRefused;
import io.idempotency.core.ExecutionOutcome.Executed;
import io.idempotency.core.ExecutionOutcome.InProgress;
import io.idempotency.core.ExecutionOutcome.KeyReused;
import io.idempotency.core.ExecutionOutcome.Replayed;
import io.idempotency.core.ExecutionOutcome.RolledBack;
import io.idempotency.core.ExecutionOutcome.StoreUnavailable;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The completion, and what is kept when the effect can only be rolled back. */
class IdempotencyExecutorWithoutEffectTest {

    private static final String KEPT_ALONE = "begin claim handle rollback begin claim complete commit";

    private final ExecutorStage stage = new ExecutorStage();
    private final Rehearsal rehearsal = stage.rehearsal;

    @AfterEach
    void noTransactionIsLeftOpen() {
        assertThat(rehearsal.open).isZero();
    }

    @Test
    void keptErrorOverARollbackOnlyTransactionIsRecordedInATransactionOfItsOwn() throws Exception {
        assertThat(stage.answeringOverRollbackOnly(422)).isEqualTo(new Executed());

        assertThat(stage.script()).isEqualTo(KEPT_ALONE);
        assertThat(rehearsal.begun).containsExactly(stage.settings(), TransactionSettings.READ_COMMITTED);
        assertThat(rehearsal.stored).containsExactly(Samples.response(422));
        assertThat(rehearsal.retentions).containsExactly(ExecutorStage.RETENTION);
        assertThat(rehearsal.completed).containsExactly(rehearsal.claimed.get(1));
    }

    @Test
    void everyErrorCountsAsOneFrom400On() throws Exception {
        assertThat(stage.answeringOverRollbackOnly(400)).isEqualTo(new Executed());
    }

    @Test
    void successOverARollbackOnlyTransactionIsNotTrueAnyMore() throws Exception {
        assertThat(stage.answeringOverRollbackOnly(201)).isEqualTo(new RolledBack());

        assertThat(stage.script()).isEqualTo("begin claim handle rollback");
    }

    @Test
    void redirectOverARollbackOnlyTransactionIsNotTrueAnyMore() throws Exception {
        assertThat(stage.answeringOverRollbackOnly(399)).isEqualTo(new RolledBack());
    }

    @Test
    void keptErrorOverAnAbortedTransactionIsRecordedInATransactionOfItsOwn() throws Exception {
        rehearsal.complete(this::isAborted);

        assertThat(stage.answering(409)).isEqualTo(new Executed());
        assertThat(stage.script()).isEqualTo("begin claim handle complete rollback begin claim complete commit");
    }

    @Test
    void successOverAnAbortedTransactionIsNotTrueAnyMore() throws Exception {
        rehearsal.complete(this::isAborted);

        assertThat(stage.answering(200)).isEqualTo(new RolledBack());
        assertThat(stage.script()).isEqualTo("begin claim handle complete rollback");
    }

    @Test
    void transactionThatIsAbortedOverAndOverIsTriedOnceMoreOnly() throws Exception {
        IntStream.range(0, 9).forEach(i -> rehearsal.complete(this::isAborted));

        assertThat(stage.answering(409)).isInstanceOf(StoreUnavailable.class);
        assertThat(stage.script()).isEqualTo("begin claim handle complete rollback begin claim complete rollback");
    }

    @Test
    void answerOfAnotherNodeThatTookTheKeyInBetweenIsTheFirst() throws Exception {
        rehearsal.claim(new Claimed()).claim(Samples.completed(Samples.response(201), Duration.ofMillis(1)));

        assertThat(stage.answeringOverRollbackOnly(422))
                .isEqualTo(new Replayed(Samples.response(201), Duration.ofMillis(1)));
        assertThat(stage.script()).isEqualTo("begin claim handle rollback begin claim rollback");
    }

    @Test
    void anotherNodeThatTookTheKeyInBetweenIsInProgress() throws Exception {
        rehearsal.claim(new Claimed()).claim(new ClaimResult.InProgress());

        assertThat(stage.answeringOverRollbackOnly(422)).isEqualTo(new InProgress());
        assertThat(stage.script()).isEqualTo("begin claim handle rollback begin claim rollback");
    }

    @Test
    void anotherRequestThatTookTheKeyInBetweenMakesItReused() throws Exception {
        rehearsal.claim(new Claimed()).claim(new ClaimResult.KeyReused());

        assertThat(stage.answeringOverRollbackOnly(422)).isEqualTo(new KeyReused());
    }

    @Test
    void storeThatFailsWhileTheErrorIsRecordedIsUnavailable() throws Exception {
        StoreUnavailableException down = new StoreUnavailableException("down", new IOException());
        rehearsal.begin(rehearsal::transaction).begin(raises(down));

        assertThat(stage.answeringOverRollbackOnly(422)).isEqualTo(new StoreUnavailable(down));
        assertThat(stage.script()).isEqualTo("begin claim handle rollback begin");
    }

    @Test
    void refusedCommitOfTheErrorAloneIsRefused() throws Exception {
        SQLException cause = new SQLException();
        rehearsal.commit(new Failed(cause, true)).fate(ClaimFate.GONE);

        assertThat(stage.answeringOverRollbackOnly(422)).isEqualTo(new CommitRefused(cause, true));
        assertThat(stage.script()).isEqualTo(KEPT_ALONE + " begin fate rollback");
    }

    @Test
    void claimThatWasLostRollsTheEffectBack() throws Exception {
        ClaimLostException lost = new ClaimLostException("lost");
        rehearsal.complete(raising(lost));

        assertThat(stage.answering(201)).isEqualTo(new ClaimLost(lost));
        assertThat(stage.script()).isEqualTo("begin claim handle complete rollback");
    }

    @Test
    void storeThatCannotCompleteRollsTheEffectBack() throws Exception {
        StoreUnavailableException down = new StoreUnavailableException("down", new IOException());
        rehearsal.complete(raising(down));

        assertThat(stage.answering(201)).isEqualTo(new StoreUnavailable(down));
        assertThat(stage.script()).isEqualTo("begin claim handle complete rollback");
    }

    @Test
    void conflictInTheCompletionCanBeHealedByARetry() throws Exception {
        SerializationConflictException conflict = new SerializationConflictException("conflict");
        rehearsal.complete(raising(conflict));

        assertThat(stage.answering(201)).isEqualTo(new CommitRefused(conflict, true));
        assertThat(stage.script()).isEqualTo("begin claim handle complete rollback");
    }

    @Test
    void unexpectedExceptionInTheCompletionRollsBack() {
        IllegalStateException thrown = new IllegalStateException("a mistake in the store");
        rehearsal.complete(raising(thrown));

        assertThatThrownBy(() -> stage.answering(201)).isSameAs(thrown);
        assertThat(stage.script()).isEqualTo("begin claim handle complete rollback");
    }

    private void isAborted() {
        throw new TransactionAbortedException("aborted", new SQLException());
    }

    private static Runnable raising(RuntimeException exception) {
        return () -> {
            throw exception;
        };
    }
}
