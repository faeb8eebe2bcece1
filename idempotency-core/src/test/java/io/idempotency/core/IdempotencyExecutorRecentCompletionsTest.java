package io.idempotency.core;

import static io.idempotency.core.Rehearsal.raises;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.idempotency.core.ClaimResult.Claimed;
import io.idempotency.core.ClaimResult.Completed;
import io.idempotency.core.CommitResult.Failed;
import io.idempotency.core.ExecutionOutcome.CommitRefused;
import io.idempotency.core.ExecutionOutcome.Executed;
import io.idempotency.core.ExecutionOutcome.InProgress;
import io.idempotency.core.ExecutionOutcome.KeyReused;
import io.idempotency.core.ExecutionOutcome.OutcomeUnknown;
import io.idempotency.core.ExecutionOutcome.Released;
import io.idempotency.core.ExecutionOutcome.Replayed;
import io.idempotency.core.ExecutionOutcome.ResponseNotKept;
import io.idempotency.core.ExecutionOutcome.RolledBack;
import io.idempotency.core.ExecutionOutcome.StoreUnavailable;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is answered from memory, and what never gets there. */
class IdempotencyExecutorRecentCompletionsTest {

    private static final String EXECUTION = "begin claim handle complete commit";
    private static final Duration MOMENT = Duration.ofNanos(1);

    private final ExecutorStage stage = new ExecutorStage(Duration.ZERO, 1_000_000);
    private final Rehearsal rehearsal = stage.rehearsal;

    @AfterEach
    void noTransactionIsLeftOpen() {
        assertThat(rehearsal.open).isZero();
    }

    @Test
    void executedRequestIsReplayedWithoutTheStore() throws Exception {
        assertThat(stage.answering(201)).isEqualTo(new Executed());
        stage.advance(Duration.ofSeconds(3));

        assertThat(stage.answering(500)).isEqualTo(new Replayed(Samples.response(201), Duration.ofSeconds(3)));
        assertThat(stage.script()).isEqualTo(EXECUTION);
    }

    @Test
    void completedRequestIsReplayedByTheStoreOnceAndThenWithoutIt() throws Exception {
        rehearsal.claim(Samples.completed(Samples.response(201), Duration.ofHours(2)));

        assertThat(stage.answering(500)).isEqualTo(new Replayed(Samples.response(201), Duration.ofHours(2)));
        stage.advance(Duration.ofSeconds(3));
        assertThat(stage.answering(500))
                .isEqualTo(
                        new Replayed(Samples.response(201), Duration.ofHours(2).plusSeconds(3)));
        assertThat(stage.script()).isEqualTo("begin claim rollback");
    }

    @Test
    void storeIsAskedAgainWhenTheRecordWasLearntTooLongAgo() throws Exception {
        stage.answering(201);
        rehearsal.claim(Samples.completed(Samples.response(201), ExecutorStage.MAX_AGE));

        stage.advance(ExecutorStage.MAX_AGE);
        assertThat(stage.answering(500)).isEqualTo(new Replayed(Samples.response(201), ExecutorStage.MAX_AGE));
        assertThat(stage.script()).isEqualTo(EXECUTION + " begin claim rollback");
    }

    @Test
    void whatAnotherThreadLearntSinceTheFirstLookIsNotAskedForAgain() throws Exception {
        stage.answering(201);
        stage.advance(ExecutorStage.MAX_AGE);
        rehearsal.claim(Samples.completed(Samples.response(201), ExecutorStage.MAX_AGE));

        stage.beforeNextLook(() -> assertThat(replayedMeanwhile()).isInstanceOf(Replayed.class));
        assertThat(stage.answering(500)).isEqualTo(new Replayed(Samples.response(201), ExecutorStage.MAX_AGE));
        assertThat(stage.script()).isEqualTo(EXECUTION + " begin claim rollback");
    }

    private ExecutionOutcome replayedMeanwhile() {
        try {
            return stage.answering(500);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shortRetentionOfAnExecutionEndsWithItsRecord() throws Exception {
        stage.retention(Duration.ofSeconds(1));
        stage.answering(201);

        stage.advance(Duration.ofSeconds(1).minus(MOMENT));
        assertThat(stage.answering(201)).isInstanceOf(Replayed.class);
        stage.advance(MOMENT);
        assertThat(stage.answering(202)).isEqualTo(new Executed());
        assertThat(stage.answering(500)).isEqualTo(new Replayed(Samples.response(202), Duration.ZERO));
        assertThat(stage.script()).isEqualTo(EXECUTION + " " + EXECUTION);
    }

    @Test
    void retentionOfARecordThatIsReplayedLateEndsAsTheStoreSaid() throws Exception {
        rehearsal.claim(new Completed(
                Samples.fingerprint(1, 7), Samples.response(201), Duration.ofHours(24), Duration.ofSeconds(1)));
        stage.answering(500);

        stage.advance(Duration.ofSeconds(1).minus(MOMENT));
        assertThat(stage.answering(500)).isInstanceOf(Replayed.class);
        stage.advance(MOMENT);
        assertThat(stage.answering(202)).isEqualTo(new Executed());
    }

    @Test
    void timeThatTheClaimTookIsTakenOffTheRetention() throws Exception {
        rehearsal.claim(() -> {
            stage.advance(Duration.ofMillis(700));
            return new Completed(
                    Samples.fingerprint(1, 7), Samples.response(201), Duration.ofHours(24), Duration.ofSeconds(1));
        });
        stage.answering(500);

        stage.advance(Duration.ofMillis(300).minus(MOMENT));
        assertThat(stage.answering(500)).isInstanceOf(Replayed.class);
        stage.advance(MOMENT);
        assertThat(stage.answering(202)).isEqualTo(new Executed());
    }

    @Test
    void timeThatTheCompletionTookIsTakenOffTheRetention() throws Exception {
        stage.retention(Duration.ofSeconds(1));
        rehearsal.complete(() -> stage.advance(Duration.ofMillis(700)));
        stage.answering(201);

        stage.advance(Duration.ofMillis(300).minus(MOMENT));
        assertThat(stage.answering(500)).isInstanceOf(Replayed.class);
        stage.advance(MOMENT);
        assertThat(stage.answering(202)).isEqualTo(new Executed());
    }

    @Test
    void anotherRequestIsRefusedWithoutTheStoreAndTheNextHonestRetryIsReplayed() throws Exception {
        stage.answering(201);

        assertThat(stage.answeringAnotherRequest(201)).isEqualTo(new KeyReused());
        assertThat(stage.answering(500)).isEqualTo(new Replayed(Samples.response(201), Duration.ZERO));
        assertThat(stage.script()).isEqualTo(EXECUTION);
    }

    @Test
    void requestThatMetARecordOfAnotherReleaseDoesNotBecomeTheFirst() throws Exception {
        rehearsal.claim(
                new Completed(Samples.fingerprint(2, 9), Samples.response(201), Duration.ZERO, Duration.ofHours(1)));

        assertThat(stage.answeringAnotherRequest(500)).isInstanceOf(Replayed.class);
        assertThat(stage.answering(500)).isInstanceOf(Replayed.class);
        assertThat(stage.script()).isEqualTo("begin claim rollback");
    }

    @Test
    void responseThatWasTooLargeToKeepIsRefusedWithoutTheStore() throws Exception {
        StoredResponse tooLarge = new StoredResponse(200, List.of(), new ResponseContent.NotKept(1L << 40));
        assertThat(stage.execute(transaction -> tooLarge)).isEqualTo(new Executed());

        assertThat(stage.answering(200)).isEqualTo(new ResponseNotKept());
        assertThat(stage.script()).isEqualTo(EXECUTION);
    }

    @Test
    void keptErrorOverARollbackOnlyTransactionIsReplayedWithoutTheStore() throws Exception {
        assertThat(stage.answeringOverRollbackOnly(422)).isEqualTo(new Executed());

        assertThat(stage.answering(500)).isEqualTo(new Replayed(Samples.response(422), Duration.ZERO));
        assertThat(stage.script()).isEqualTo("begin claim handle rollback begin claim complete commit");
    }

    @Test
    void answerOfAnotherNodeThatTookTheKeyInBetweenIsReplayedWithoutTheStore() throws Exception {
        rehearsal.claim(new Claimed()).claim(Samples.completed(Samples.response(201), Duration.ZERO));
        stage.answeringOverRollbackOnly(422);

        assertThat(stage.answering(500)).isEqualTo(new Replayed(Samples.response(201), Duration.ZERO));
        assertThat(stage.script()).isEqualTo("begin claim handle rollback begin claim rollback");
    }

    @Test
    void nothingIsKnownBeforeTheCommit() throws Exception {
        rehearsal.complete(() -> assertThat(stage.recent().find(stage.key)).isNull());
        rehearsal.commit(() -> {
            assertThat(stage.recent().find(stage.key)).isNull();
            return new CommitResult.Committed();
        });

        assertThat(stage.answering(201)).isEqualTo(new Executed());
        assertThat(stage.recent().find(stage.key)).isNotNull();
    }

    @Test
    void commitThatArrivedWithoutItsAnswerIsRemembered() throws Exception {
        rehearsal
                .commit(new Failed(new SQLException(), true))
                .fate(ClaimFate.UNDECIDED)
                .fate(ClaimFate.COMMITTED);
        assertThat(stage.answering(201)).isEqualTo(new Executed());

        assertThat(stage.answering(500)).isEqualTo(new Replayed(Samples.response(201), Duration.ofMillis(100)));
    }

    @Test
    void refusedCommitIsNotRemembered() throws Exception {
        rehearsal.commit(new Failed(new SQLException(), true)).fate(ClaimFate.GONE);
        assertThat(stage.answering(201)).isInstanceOf(CommitRefused.class);

        assertThat(stage.answering(202)).isEqualTo(new Executed());
    }

    @Test
    void unknownCommitIsNotRemembered() throws Exception {
        rehearsal
                .commit(new Failed(new SQLException(), true))
                .fate(raises(new StoreUnavailableException("down", new IOException())));
        assertThat(stage.answering(201)).isInstanceOf(OutcomeUnknown.class);

        assertThat(stage.recent().find(stage.key)).isNull();
        assertThat(stage.answering(202)).isEqualTo(new Executed());
    }

    @Test
    void whatWasRolledBackIsNotRemembered() throws Exception {
        assertThat(stage.answering(503)).isEqualTo(new Released());
        assertThat(stage.answeringOverRollbackOnly(200)).isEqualTo(new RolledBack());
        assertThatThrownBy(() -> stage.execute(transaction -> {
                    throw new IOException();
                }))
                .isInstanceOf(IOException.class);
        rehearsal.complete(() -> {
            throw new StoreUnavailableException("down", new IOException());
        });
        assertThat(stage.answering(200)).isInstanceOf(StoreUnavailable.class);

        assertThat(stage.recent().find(stage.key)).isNull();
        assertThat(stage.answering(202)).isEqualTo(new Executed());
    }

    @Test
    void whatIsNotCompletedElsewhereIsNotRemembered() throws Exception {
        rehearsal.claim(new ClaimResult.InProgress()).claim(new ClaimResult.KeyReused());

        assertThat(stage.answering(200)).isEqualTo(new InProgress());
        assertThat(stage.answering(200)).isEqualTo(new KeyReused());
        assertThat(stage.answering(201)).isEqualTo(new Executed());
    }

    @Test
    void storeThatIsDownDoesNotMatterToWhatIsRemembered() throws Exception {
        stage.answering(201);
        rehearsal.begin(raises(new StoreUnavailableException("down", new IOException())));

        assertThat(stage.answering(500)).isInstanceOf(Replayed.class);
        assertThat(stage.script()).isEqualTo(EXECUTION);
    }
}
