package io.idempotency.core;

import static io.idempotency.core.Rehearsal.raises;
import static org.assertj.core.api.Assertions.assertThat;

import io.idempotency.core.CommitResult.Failed;
import io.idempotency.core.ExecutionOutcome.CommitRefused;
import io.idempotency.core.ExecutionOutcome.Executed;
import io.idempotency.core.ExecutionOutcome.OutcomeUnknown;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A commit that raised an error, and the record as its witness. */
class IdempotencyExecutorCommitTest {

    private static final String UNTIL_COMMIT = "begin claim handle complete commit";

    private final ExecutorStage stage = new ExecutorStage();
    private final Rehearsal rehearsal = stage.rehearsal;
    private final SQLException cause = new SQLException("connection lost");

    @BeforeEach
    void commitFails() {
        rehearsal.commit(new Failed(cause, true));
    }

    @AfterEach
    void noTransactionIsLeftOpen() {
        assertThat(rehearsal.open).isZero();
    }

    @Test
    void commitThatArrivedIsTheTrueAnswer() throws Exception {
        rehearsal.fate(ClaimFate.COMMITTED);

        assertThat(stage.answering(201)).isEqualTo(new Executed());
        assertThat(stage.script()).isEqualTo(UNTIL_COMMIT + " begin fate rollback");
        assertThat(rehearsal.begun).containsExactly(stage.settings(), TransactionSettings.READ_COMMITTED);
    }

    @Test
    void commitThatLeftNothingIsRefused() throws Exception {
        rehearsal.fate(ClaimFate.GONE);

        assertThat(stage.answering(201)).isEqualTo(new CommitRefused(cause, true));
        assertThat(stage.script()).isEqualTo(UNTIL_COMMIT + " begin fate rollback");
    }

    @Test
    void whatARetryCannotHealIsPassedOn() throws Exception {
        ExecutorStage stage = new ExecutorStage();
        stage.rehearsal.commit(new Failed(cause, false)).fate(ClaimFate.GONE);

        assertThat(stage.answering(201)).isEqualTo(new CommitRefused(cause, false));
    }

    @Test
    void undecidedCommitIsAskedForAgainAfterAPause() throws Exception {
        rehearsal.fate(ClaimFate.UNDECIDED).fate(ClaimFate.UNDECIDED).fate(ClaimFate.COMMITTED);

        assertThat(stage.answering(201)).isEqualTo(new Executed());
        assertThat(stage.script())
                .isEqualTo(UNTIL_COMMIT + " begin fate rollback pause begin fate rollback pause begin fate rollback");
        assertThat(stage.pauses).containsOnly(Duration.ofMillis(100));
    }

    @Test
    void commitThatStaysUndecidedIsUnknown() throws Exception {
        assertThat(stage.answering(201)).isEqualTo(new OutcomeUnknown(cause));

        assertThat(stage.script().split(" ")).filteredOn("fate"::equals).hasSize(5);
    }

    @Test
    void storeThatIsDownWhenItIsAskedLeavesTheOutcomeUnknown() throws Exception {
        StoreUnavailableException down = new StoreUnavailableException("down", new IOException());
        rehearsal.fate(raises(down));

        assertThat(stage.answering(201)).isEqualTo(new OutcomeUnknown(cause));
        assertThat(stage.script()).isEqualTo(UNTIL_COMMIT + " begin fate rollback");
        assertThat(cause.getSuppressed()).containsExactly(down);
    }

    @Test
    void transactionThatCannotBeBegunToAskLeavesTheOutcomeUnknown() throws Exception {
        StoreUnavailableException down = new StoreUnavailableException("down", new IOException());
        rehearsal.begin(rehearsal::transaction).begin(raises(down));

        assertThat(stage.answering(201)).isEqualTo(new OutcomeUnknown(cause));
        assertThat(stage.script()).isEqualTo(UNTIL_COMMIT + " begin");
        assertThat(cause.getSuppressed()).containsExactly(down);
    }

    @Test
    void interruptionWhileItIsUndecidedLeavesTheOutcomeUnknown() throws Exception {
        stage.duringPause(() -> Thread.currentThread().interrupt());

        assertThat(stage.answering(201)).isEqualTo(new OutcomeUnknown(cause));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(stage.script()).isEqualTo(UNTIL_COMMIT + " begin fate rollback pause");
    }
}
