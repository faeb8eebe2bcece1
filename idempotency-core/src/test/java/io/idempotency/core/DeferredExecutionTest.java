package io.idempotency.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.idempotency.core.ExecutionOutcome.Deferred;
import io.idempotency.core.ExecutionOutcome.Executed;
import io.idempotency.core.ExecutionOutcome.RolledBack;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of the last transaction of a handler whose thread goes before its answer comes. */
class DeferredExecutionTest {

    private static final Lease LEASE =
            new Lease(Duration.ofSeconds(30), Duration.ofMinutes(10), Duration.ofHours(24), Takeover.EXECUTE);

    private final ExecutorStage stage = new ExecutorStage().leased(LEASE);
    private final AtomicReference<Execution> execution = new AtomicReference<>();

    @AfterEach
    void neitherTransactionNorLeaseIsLeftBehind() {
        assertThat(stage.rehearsal.open).isZero();
        stage.advance(LEASE.duration());
        assertThat(stage.leases.renew()).isZero();
    }

    @Test
    void transactionThatItsThreadLeavesBehindIsRolledBackThere() throws Exception {
        leavingTransactionBehind().abandon();

        assertThat(stage.script()).isEqualTo("begin claim commit handle begin hold rollback");
    }

    @Test
    void successOverATransactionThatWasLeftBehindCannotBeTrue() throws Exception {
        assertThat(leavingTransactionBehind().finish(Samples.response(201))).isEqualTo(new RolledBack());

        assertThat(stage.script()).isEqualTo("begin claim commit handle begin hold rollback begin release commit");
    }

    @Test
    void errorOverATransactionThatWasLeftBehindIsKept() throws Exception {
        assertThat(leavingTransactionBehind().finish(Samples.response(404))).isEqualTo(new Executed());

        assertThat(stage.script()).isEqualTo("begin claim commit handle begin hold rollback begin complete commit");
    }

    /** A pool may bring the answer on the handler's own thread by chance. */
    @Test
    void noLastTransactionBeginsOnceTheHandlerHasReturned() throws Exception {
        DeferredExecution deferred = deferring(() -> {});

        assertThatThrownBy(() -> execution.get().completeInTransaction(() -> 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("record the work as a step");
        deferred.fail();
    }

    private DeferredExecution leavingTransactionBehind() throws Exception {
        return deferring(() -> execution.get().completeInTransaction(() -> 1));
    }

    private DeferredExecution deferring(Runnable handler) throws Exception {
        return ((Deferred) stage.execute(attempt -> {
                    execution.set(attempt);
                    handler.run();
                    return null;
                }))
                .execution();
    }
}
