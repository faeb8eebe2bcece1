package io.idempotency.core;

import static io.idempotency.core.Rehearsal.raises;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.idempotency.core.ExecutionOutcome.Executed;
import io.idempotency.core.ExecutionOutcome.InProgress;
import io.idempotency.core.ExecutionOutcome.KeyReused;
import io.idempotency.core.ExecutionOutcome.Released;
import io.idempotency.core.ExecutionOutcome.Replayed;
import io.idempotency.core.ExecutionOutcome.ResponseNotKept;
import io.idempotency.core.ExecutionOutcome.StoreUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From the request to the end of its handler. */
class IdempotencyExecutorTest {

    private final ExecutorStage stage = new ExecutorStage();
    private final Rehearsal rehearsal = stage.rehearsal;

    @AfterEach
    void noTransactionIsLeftOpen() {
        assertThat(rehearsal.open).isZero();
    }

    @Test
    void successIsKeptWhateverThePolicySays() throws Exception {
        stage.outcomes(status -> false);

        for (int status : new int[] {200, 201, 299}) {
            assertThat(stage.answering(status)).isEqualTo(new Executed());
        }
        assertThat(stage.answering(300)).isEqualTo(new Released());
    }

    @Test
    void claimEffectAndResponseAreCommittedTogether() throws Exception {
        assertThat(stage.answering(201)).isEqualTo(new Executed());

        assertThat(stage.script()).isEqualTo("begin claim handle complete commit");
        assertThat(rehearsal.begun).containsExactly(stage.settings());
        assertThat(rehearsal.stored).containsExactly(Samples.response(201));
        assertThat(rehearsal.retentions).containsExactly(ExecutorStage.RETENTION);
    }

    @Test
    void completionProvesTheVeryClaimThatWasGranted() throws Exception {
        stage.answering(201);
        stage.answering(201);

        assertThat(rehearsal.completed).isEqualTo(rehearsal.claimed);
        assertThat(rehearsal.claimed).extracting(Claim::key).containsOnly(stage.key);
        assertThat(rehearsal.claimed).extracting(Claim::fingerprint).containsOnly(Samples.fingerprint(1, 7));
        assertThat(rehearsal.claimed).extracting(Claim::token).doesNotHaveDuplicates();
    }

    @Test
    void handlerIsGivenTheTransactionOfItsClaim() throws Exception {
        OpenTransaction transaction = rehearsal.transaction();
        rehearsal.begin(() -> transaction);

        stage.execute(given -> {
            assertThat(given.transaction()).containsSame(transaction);
            return Samples.response(200);
        });

        assertThat(stage.script()).isEqualTo("begin claim handle complete commit");
    }

    @Test
    void keptErrorOverAHealthyTransactionIsCommittedWithItsEffect() throws Exception {
        assertThat(stage.answering(422)).isEqualTo(new Executed());

        assertThat(stage.script()).isEqualTo("begin claim handle complete commit");
    }

    @Test
    void releasedAnswerIsRolledBackAndNeverCompleted() throws Exception {
        assertThat(stage.answering(503)).isEqualTo(new Released());

        assertThat(stage.script()).isEqualTo("begin claim handle rollback");
    }

    @Test
    void releasedAnswerOverARollbackOnlyTransactionIsReleasedAsWell() throws Exception {
        assertThat(stage.answeringOverRollbackOnly(500)).isEqualTo(new Released());

        assertThat(stage.script()).isEqualTo("begin claim handle rollback");
    }

    @Test
    void policyDecidesWhatIsReleased() throws Exception {
        stage.outcomes(status -> status != 409);

        assertThat(stage.answering(409)).isEqualTo(new Released());
        assertThat(stage.answering(500)).isEqualTo(new Executed());
    }

    @Test
    void completedKeyIsReplayedWithoutTheHandler() throws Exception {
        rehearsal.claim(Samples.completed(Samples.response(201), Duration.ofSeconds(9)));

        assertThat(stage.answering(500)).isEqualTo(new Replayed(Samples.response(201), Duration.ofSeconds(9)));
        assertThat(stage.script()).isEqualTo("begin claim rollback");
    }

    @Test
    void responseThatWasTooLargeIsNeitherReplayedNorExecutedAgain() throws Exception {
        StoredResponse tooLarge = new StoredResponse(200, List.of(), new ResponseContent.NotKept(1L << 40));
        rehearsal.claim(Samples.completed(tooLarge, Duration.ZERO));

        assertThat(stage.answering(200)).isEqualTo(new ResponseNotKept());
        assertThat(stage.script()).isEqualTo("begin claim rollback");
    }

    @Test
    void reusedKeyIsNeverExecuted() throws Exception {
        rehearsal.claim(new ClaimResult.KeyReused());

        assertThat(stage.answering(200)).isEqualTo(new KeyReused());
        assertThat(stage.script()).isEqualTo("begin claim rollback");
    }

    @Test
    void keyInProgressElsewhereIsNeverExecuted() throws Exception {
        rehearsal.claim(new ClaimResult.InProgress());

        assertThat(stage.answering(200)).isEqualTo(new InProgress());
        assertThat(stage.script()).isEqualTo("begin claim rollback");
        assertThat(stage.pauses).isEmpty();
    }

    @Test
    void storeThatCannotBeginKeepsTheHandlerFromRunning() throws Exception {
        StoreUnavailableException down = new StoreUnavailableException("down", new IOException());
        rehearsal.begin(raises(down));

        assertThat(stage.answering(200)).isEqualTo(new StoreUnavailable(down));
        assertThat(stage.script()).isEqualTo("begin");
    }

    @Test
    void storeThatCannotClaimKeepsTheHandlerFromRunning() throws Exception {
        StoreUnavailableException down = new StoreUnavailableException("down", new IOException());
        rehearsal.claim(raises(down));

        assertThat(stage.answering(200)).isEqualTo(new StoreUnavailable(down));
        assertThat(stage.script()).isEqualTo("begin claim rollback");
    }

    @Test
    void recordThatCannotBeReadIsNeverExecutedAgain() throws Exception {
        UnreadableRecordException unreadable = new UnreadableRecordException("version 9");
        rehearsal.claim(raises(unreadable));

        assertThat(stage.answering(200)).isEqualTo(new StoreUnavailable(unreadable));
        assertThat(stage.script()).isEqualTo("begin claim rollback");
    }

    @Test
    void conflictInTheClaimIsDecidedAgainInANewTransaction() throws Exception {
        rehearsal.claim(raises(new SerializationConflictException("conflict")));

        assertThat(stage.answering(201)).isEqualTo(new Executed());
        assertThat(stage.script()).isEqualTo("begin claim rollback begin claim handle complete commit");
        assertThat(rehearsal.begun).containsExactly(stage.settings(), stage.settings());
    }

    @Test
    void claimThatAlwaysConflictsIsInProgressAfterABoundedNumberOfTransactions() throws Exception {
        IntStream.range(0, 100).forEach(i -> rehearsal.claim(raises(new SerializationConflictException("conflict"))));

        assertThat(stage.answering(201)).isEqualTo(new InProgress());
        assertThat(stage.script())
                .isEqualTo("begin claim rollback begin claim rollback begin claim rollback begin claim rollback"
                        + " begin claim rollback begin claim rollback begin claim rollback begin claim rollback");
    }

    @Test
    void exceptionOfTheHandlerIsPassedOnUnchangedAfterTheRollback() {
        for (Throwable thrown : List.of(new IOException(), new IllegalStateException(), new StackOverflowError())) {
            ExecutorStage stage = new ExecutorStage();

            assertThatThrownBy(() -> stage.execute(transaction -> raise(thrown)))
                    .isSameAs(thrown);
            assertThat(stage.script()).isEqualTo("begin claim handle rollback");
        }
    }

    @Test
    void storeExceptionOfTheHandlerIsPassedOnLikeAnyOther() {
        StoreUnavailableException own = new StoreUnavailableException("the handler's own store", new IOException());

        assertThatThrownBy(() -> stage.execute(transaction -> raise(own))).isSameAs(own);
        assertThat(stage.script()).isEqualTo("begin claim handle rollback");
    }

    @Test
    void keyIsNotInProgressAnyMoreAfterAnException() throws Exception {
        assertThatThrownBy(() -> stage.execute(transaction -> raise(new IOException())))
                .isInstanceOf(IOException.class);

        assertThat(stage.answering(201)).isEqualTo(new Executed());
    }

    @Test
    void exceptionOfThePolicyRollsBack() {
        IllegalArgumentException thrown = new IllegalArgumentException("no such status");
        stage.outcomes(status -> {
            throw thrown;
        });

        assertThatThrownBy(() -> stage.answering(409)).isSameAs(thrown);
        assertThat(stage.script()).isEqualTo("begin claim handle rollback");
    }

    @Test
    void transactionThatCannotSayWhetherItIsHealthyIsRolledBack() {
        IllegalStateException thrown = new IllegalStateException("the transaction is not active");
        OpenTransaction ordinary = rehearsal.transaction();
        rehearsal.begin(() -> new OpenTransaction() {
            @Override
            public boolean isRollbackOnly() {
                throw thrown;
            }

            @Override
            public void setRollbackOnly() {}

            @Override
            public void flush() {}

            @Override
            public CommitResult commit() {
                return ordinary.commit();
            }

            @Override
            public void rollback() {
                ordinary.rollback();
            }
        });

        assertThatThrownBy(() -> stage.answering(200)).isSameAs(thrown);
        assertThat(stage.script()).isEqualTo("begin claim handle rollback");
    }

    @Test
    void unexpectedExceptionInTheClaimRollsBack() {
        IllegalStateException thrown = new IllegalStateException("a mistake in the store");
        rehearsal.claim(raises(thrown));

        assertThatThrownBy(() -> stage.answering(200)).isSameAs(thrown);
        assertThat(stage.script()).isEqualTo("begin claim rollback");
    }

    private static StoredResponse raise(Throwable thrown) throws Exception {
        if (thrown instanceof Error error) {
            throw error;
        }
        throw (Exception) thrown;
    }
}
