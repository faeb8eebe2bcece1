package io.idempotency.core;

import static io.idempotency.core.Rehearsal.raises;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.idempotency.core.ClaimResult.Claimed;
import io.idempotency.core.CommitResult.Failed;
import io.idempotency.core.ExecutionOutcome.Abandoned;
import io.idempotency.core.ExecutionOutcome.ClaimLost;
import io.idempotency.core.ExecutionOutcome.CommitRefused;
import io.idempotency.core.ExecutionOutcome.Deferred;
import io.idempotency.core.ExecutionOutcome.Executed;
import io.idempotency.core.ExecutionOutcome.InProgress;
import io.idempotency.core.ExecutionOutcome.KeyReused;
import io.idempotency.core.ExecutionOutcome.OutcomeUnknown;
import io.idempotency.core.ExecutionOutcome.Released;
import io.idempotency.core.ExecutionOutcome.RolledBack;
import io.idempotency.core.ExecutionOutcome.StoreUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From a committed claim to its end. */
@Timeout(30)
class LeasedModeTest {

    private static final Lease LEASE =
            new Lease(Duration.ofSeconds(30), Duration.ofMinutes(10), Duration.ofHours(24), Takeover.EXECUTE);
    private static final ClaimLostException LOST = new ClaimLostException("taken over");
    private static final StoreUnavailableException DOWN = new StoreUnavailableException("down", new IOException());
    private static final byte[] RESULT = {1, 2};

    private final ExecutorStage stage = new ExecutorStage().leased(LEASE);
    private final Rehearsal rehearsal = stage.rehearsal;

    @AfterEach
    void neitherTransactionNorLeaseIsLeftBehind() {
        assertThat(rehearsal.open).isZero();
        stage.advance(LEASE.duration());
        assertThat(stage.leases.renew()).isZero();
    }

    @Test
    void claimIsCommittedBeforeTheHandlerStartsAndCompletedAfterIt() throws Exception {
        assertThat(stage.answering(201)).isEqualTo(new Executed());

        assertThat(stage.script()).isEqualTo("begin claim commit handle begin complete commit");
        assertThat(rehearsal.begun).containsOnly(TransactionSettings.READ_COMMITTED);
        assertThat(rehearsal.claimed).isEqualTo(rehearsal.completed);
        assertThat(rehearsal.claimed.get(0).lease()).isEqualTo(LEASE);
    }

    @Test
    void duplicateWithAnotherBodyIsToldAtOnceInTheSameProcess() throws Exception {
        ExecutorStage patient = new ExecutorStage(Duration.ofDays(1)).leased(LEASE);

        ExecutionOutcome first = patient.execute(execution -> {
            assertThat(patient.answeringAnotherRequest(201)).isEqualTo(new KeyReused());
            return Samples.response(201);
        });

        assertThat(first).isEqualTo(new Executed());
        assertThat(patient.script()).isEqualTo("begin claim commit handle begin complete commit");
    }

    @Test
    void nobodyIsToldWhatAClaimIsForThatATransactionHolds() throws Exception {
        ExecutorStage transactional = new ExecutorStage();

        transactional.execute(execution -> {
            assertThat(transactional.answeringAnotherRequest(201)).isEqualTo(new InProgress());
            return Samples.response(201);
        });
    }

    @Test
    void handlerKnowsItsAttempt() throws Exception {
        Attempt attempt = new Attempt(3, true, Steps.NONE);
        rehearsal.claim(new Claimed(attempt));

        stage.execute(execution -> {
            assertThat(execution.attempt()).isEqualTo(attempt);
            assertThat(execution.key()).isEqualTo(stage.key);
            assertThat(execution.transaction()).isEmpty();
            return Samples.response(200);
        });
    }

    @Test
    void handlerDoesNotStartUnderAClaimWhoseCommitFailed() throws Exception {
        IOException cause = new IOException("connection lost");
        rehearsal.commit(new Failed(cause, true));

        assertThat(stage.answering(201)).isEqualTo(new StoreUnavailable(cause));
        assertThat(stage.script()).isEqualTo("begin claim commit begin release commit");
    }

    @Test
    void keyThatNobodyMayTakeOverIsAbandoned() throws Exception {
        rehearsal.claim(new ClaimResult.Abandoned());

        assertThat(stage.answering(201)).isEqualTo(new Abandoned());
        assertThat(stage.script()).isEqualTo("begin claim rollback");
    }

    @Test
    void answerThatIsNotKeptReleasesTheClaim() throws Exception {
        assertThat(stage.answering(503)).isEqualTo(new Released());

        assertThat(stage.script()).isEqualTo("begin claim commit handle begin release commit");
        assertThat(rehearsal.released).isEqualTo(rehearsal.claimed);
    }

    @Test
    void exceptionReleasesTheClaimAndIsPassedOn() {
        IOException thrown = new IOException("the provider is down");

        assertThatThrownBy(() -> stage.execute(execution -> {
                    throw thrown;
                }))
                .isSameAs(thrown);
        assertThat(stage.script()).isEqualTo("begin claim commit handle begin release commit");
    }

    @Test
    void releaseThatFailsIsLeftToTheEndOfTheLease() throws Exception {
        rehearsal.release(() -> {
            throw DOWN;
        });

        assertThat(stage.answering(503)).isEqualTo(new Released());
        assertThat(stage.script()).isEqualTo("begin claim commit handle begin release rollback");
    }

    @Test
    void mistakeInTheReleaseLeavesNoTransactionOpen() {
        IllegalStateException mistake = new IllegalStateException("a mistake");
        rehearsal.release(() -> {
            throw mistake;
        });

        assertThatThrownBy(() -> stage.answering(503)).isSameAs(mistake);
    }

    @Test
    void claimThatWasLostIsNotCompleted() throws Exception {
        rehearsal.complete(() -> {
            throw LOST;
        });

        assertThat(stage.answering(201)).isEqualTo(new ClaimLost(LOST));
        assertThat(stage.script()).isEqualTo("begin claim commit handle begin complete rollback");
    }

    @Test
    void answerIsWorthMoreThanOneTry() throws Exception {
        rehearsal.complete(() -> {
            throw DOWN;
        });
        rehearsal.complete(() -> {
            throw DOWN;
        });

        assertThat(stage.answering(201)).isEqualTo(new Executed());
        assertThat(stage.script())
                .isEqualTo("begin claim commit handle begin complete rollback pause begin complete rollback pause"
                        + " begin complete commit");
        assertThat(stage.pauses).containsOnly(Duration.ofMillis(100));
    }

    @Test
    void outcomeIsUnknownWhereTheAnswerCannotBeStored() throws Exception {
        rehearsal
                .begin(rehearsal::transaction)
                .begin(raises(DOWN))
                .begin(raises(DOWN))
                .begin(raises(DOWN));

        assertThat(stage.answering(201)).isEqualTo(new OutcomeUnknown(DOWN));
        assertThat(stage.script()).isEqualTo("begin claim commit handle begin pause begin pause begin");
        assertThat(rehearsal.released).isEmpty();
    }

    @Test
    void interruptedOwnerDoesNotTryAgain() throws Exception {
        stage.duringPause(() -> Thread.currentThread().interrupt());
        rehearsal.begin(rehearsal::transaction).begin(raises(DOWN));

        assertThat(stage.answering(201)).isEqualTo(new OutcomeUnknown(DOWN));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void completedAnswerIsRemembered() throws Exception {
        ExecutorStage remembering = new ExecutorStage(Duration.ZERO, 1_000_000).leased(LEASE);
        remembering.answering(201);

        assertThat(remembering.answering(201)).isInstanceOf(ExecutionOutcome.Replayed.class);
    }

    @Test
    void lastTransactionCommitsWithTheAnswer() throws Exception {
        assertThat(stage.execute(execution -> {
                    String result = execution.completeInTransaction(() -> {
                        rehearsal.says("work");
                        return "result";
                    });
                    assertThat(result).isEqualTo("result");
                    assertThat(execution.transaction()).isPresent();
                    return Samples.response(201);
                }))
                .isEqualTo(new Executed());

        assertThat(stage.script()).isEqualTo("begin claim commit handle begin hold work complete commit");
        assertThat(rehearsal.begun).containsExactly(TransactionSettings.READ_COMMITTED, stage.settings());
    }

    @Test
    void whatFollowsInTheLastTransactionJoinsIt() throws Exception {
        stage.execute(execution -> {
            assertThat(execution.completeInTransaction(() -> 1)).isEqualTo(1);
            assertThat(execution.completeInTransaction(() -> 2)).isEqualTo(2);
            assertThat(execution.step("a", () -> RESULT)).isEqualTo(RESULT);
            return Samples.response(201);
        });

        assertThat(stage.script()).isEqualTo("begin claim commit handle begin hold complete commit");
    }

    @Test
    void lastTransactionDoesNotBeginUnderALostClaim() throws Exception {
        rehearsal.hold(() -> {
            throw LOST;
        });

        assertThat(stage.execute(execution -> execution.completeInTransaction(() -> {
                    throw new AssertionError("must not run");
                })))
                .isEqualTo(new ClaimLost(LOST));
        assertThat(stage.script()).isEqualTo("begin claim commit handle begin hold rollback begin release commit");
    }

    @Test
    void holdThatMeetsARenewalIsTakenAgain() throws Exception {
        rehearsal.hold(() -> {
            throw new SerializationConflictException("a renewal went first", new IOException());
        });

        stage.execute(execution -> execution.completeInTransaction(() -> Samples.response(200)));
        assertThat(stage.script())
                .isEqualTo("begin claim commit handle begin hold rollback begin hold complete commit");
    }

    @Test
    void holdThatMeetsRenewalsForEverIsGivenUp() throws Exception {
        SerializationConflictException conflict =
                new SerializationConflictException("a renewal went first", new IOException());
        for (int i = 0; i < Claims.DECISION_ATTEMPTS; i++) {
            rehearsal.hold(() -> {
                throw conflict;
            });
        }

        assertThat(stage.execute(execution -> execution.completeInTransaction(() -> null)))
                .isEqualTo(new OutcomeUnknown(conflict));
    }

    @Test
    void storeThatCannotBeReachedInsideTheHandlerIsNoFailureOfTheHandler() throws Exception {
        StoreUnavailableException down = new StoreUnavailableException("no connection", new IOException());
        rehearsal.begin(rehearsal::transaction).begin(() -> {
            throw down;
        });

        assertThat(stage.execute(execution -> {
                    try {
                        return execution.completeInTransaction(() -> Samples.response(201));
                    } catch (StoreUnavailableException e) {
                        throw new IOException("as a framework wraps it", e);
                    }
                }))
                .isEqualTo(new OutcomeUnknown(down));
        assertThat(stage.script()).isEqualTo("begin claim commit handle begin begin release commit");
    }

    @Test
    void successOverAStoreThatFailedIsNotKept() throws Exception {
        rehearsal.begin(rehearsal::transaction).begin(raises(DOWN));

        assertThat(stage.execute(execution -> {
                    assertThatThrownBy(() -> execution.completeInTransaction(() -> 1))
                            .isSameAs(DOWN);
                    return Samples.response(200);
                }))
                .isEqualTo(new OutcomeUnknown(DOWN));
        assertThat(stage.script()).isEqualTo("begin claim commit handle begin begin release commit");
    }

    @Test
    void errorOverAStoreThatFailedIsTheHandlersOwn() throws Exception {
        rehearsal.begin(rehearsal::transaction).begin(raises(DOWN));

        assertThat(stage.execute(execution -> {
                    assertThatThrownBy(() -> execution.completeInTransaction(() -> 1))
                            .isSameAs(DOWN);
                    return Samples.response(409);
                }))
                .isEqualTo(new Executed());
    }

    @Test
    void handlerMayTryAgainWhereTheStoreFailed() throws Exception {
        rehearsal.begin(rehearsal::transaction).begin(raises(DOWN));

        assertThat(stage.execute(execution -> {
                    assertThatThrownBy(() -> execution.step("reserve", () -> RESULT))
                            .isSameAs(DOWN);
                    execution.step("reserve", () -> RESULT);
                    return Samples.response(201);
                }))
                .isEqualTo(new Executed());
    }

    @Test
    void handlerThatFailsForAnotherReasonFailsAsItWould() {
        IllegalStateException own = new IllegalStateException("the handler's own");
        rehearsal.hold(() -> {
            throw new StoreUnavailableException("no connection", new IOException());
        });

        assertThatThrownBy(() -> stage.execute(execution -> {
                    assertThatThrownBy(() -> execution.completeInTransaction(() -> Samples.response(201)))
                            .isInstanceOf(StoreUnavailableException.class);
                    throw own;
                }))
                .isSameAs(own);
    }

    @Test
    void exceptionOfTheLastPartThatTheHandlerCatchesLeavesNoEffect() throws Exception {
        assertThat(stage.execute(execution -> {
                    assertThat(catchThrowable(() -> execution.completeInTransaction(() -> {
                                throw new IllegalStateException("refused");
                            })))
                            .hasMessage("refused");
                    return Samples.response(409);
                }))
                .isEqualTo(new Executed());

        assertThat(stage.script()).isEqualTo("begin claim commit handle begin hold rollback begin complete commit");
    }

    @Test
    void successOverARollbackOnlyTransactionIsReleased() throws Exception {
        assertThat(stage.execute(execution -> {
                    execution.completeInTransaction(() -> 1);
                    execution.transaction().orElseThrow().setRollbackOnly();
                    return Samples.response(201);
                }))
                .isEqualTo(new RolledBack());

        assertThat(stage.script()).isEqualTo("begin claim commit handle begin hold rollback begin release commit");
    }

    @Test
    void answerThatIsNotKeptRollsTheLastTransactionBack() throws Exception {
        assertThat(stage.execute(execution -> {
                    execution.completeInTransaction(() -> 1);
                    return Samples.response(500);
                }))
                .isEqualTo(new Released());

        assertThat(stage.script()).isEqualTo("begin claim commit handle begin hold rollback begin release commit");
    }

    @Test
    void refusedCommitOfTheLastTransactionReleasesTheClaim() throws Exception {
        IOException refusal = new IOException("deferred constraint");
        rehearsal
                .commit(new CommitResult.Committed())
                .commit(new Failed(refusal, false))
                .fate(ClaimFate.GONE);

        assertThat(stage.execute(execution -> execution.completeInTransaction(() -> Samples.response(201))))
                .isEqualTo(new CommitRefused(refusal, false));
        assertThat(stage.script())
                .isEqualTo(
                        "begin claim commit handle begin hold complete commit begin fate rollback begin release commit");
    }

    @Test
    void storeThatFailsInTheLastTransactionReleasesTheClaim() throws Exception {
        rehearsal.complete(() -> {
            throw DOWN;
        });

        assertThat(stage.execute(execution -> execution.completeInTransaction(() -> Samples.response(201))))
                .isEqualTo(new StoreUnavailable(DOWN));
        assertThat(stage.script())
                .isEqualTo("begin claim commit handle begin hold complete rollback begin release commit");
    }

    @Test
    void errorOverAnAbortedTransactionIsKeptWithoutItsEffect() throws Exception {
        TransactionAbortedException aborted = new TransactionAbortedException("aborted", new IOException());
        rehearsal.complete(() -> {
            throw aborted;
        });

        assertThat(stage.execute(execution -> execution.completeInTransaction(() -> Samples.response(409))))
                .isEqualTo(new Executed());
        rehearsal.complete(() -> {
            throw aborted;
        });
        assertThat(stage.execute(execution -> execution.completeInTransaction(() -> Samples.response(201))))
                .isEqualTo(new StoreUnavailable(aborted));
    }

    @Test
    void lastTransactionBelongsToTheHandlersThread() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            stage.execute(execution -> other.submit(() -> {
                        assertThatThrownBy(() -> execution.completeInTransaction(() -> 1))
                                .isInstanceOf(IllegalStateException.class)
                                .hasMessageContaining("record the work as a step");
                        return Samples.response(200);
                    })
                    .get());
        } finally {
            other.shutdown();
        }
    }

    @Test
    void stepAndItsResultCommitTogether() throws Exception {
        stage.execute(execution -> {
            assertThat(execution.step("reserve", () -> {
                        rehearsal.says("work");
                        return RESULT;
                    }))
                    .isEqualTo(RESULT);
            assertThat(execution.step("reserve", () -> {
                        throw new AssertionError("must not run again");
                    }))
                    .isEqualTo(RESULT);
            execution.step("charge", () -> RESULT);
            return Samples.response(201);
        });

        assertThat(stage.script())
                .isEqualTo("begin claim commit handle begin hold work flush steps commit begin hold flush steps commit"
                        + " begin complete commit");
        assertThat(rehearsal.recorded)
                .containsExactly(
                        Steps.NONE.with("reserve", RESULT),
                        Steps.NONE.with("reserve", RESULT).with("charge", RESULT));
        assertThat(rehearsal.begun).contains(stage.settings());
    }

    @Test
    void stepOfAnEarlierAttemptIsNotRunAgain() throws Exception {
        rehearsal.claim(new Claimed(new Attempt(2, false, Steps.NONE.with("reserve", RESULT))));

        stage.execute(execution -> {
            assertThat(execution.step("reserve", () -> {
                        throw new AssertionError("must not run again");
                    }))
                    .isEqualTo(RESULT);
            return Samples.response(201);
        });
        assertThat(stage.script()).isEqualTo("begin claim commit handle begin complete commit");
    }

    @Test
    void stepThatFailsIsRolledBackAndCanBeRunAgain() throws Exception {
        stage.execute(execution -> {
            assertThat(catchThrowable(() -> execution.step("reserve", () -> {
                        throw new IllegalStateException("sold out");
                    })))
                    .hasMessage("sold out");
            execution.step("reserve", () -> RESULT);
            return Samples.response(201);
        });

        assertThat(stage.script())
                .isEqualTo(
                        "begin claim commit handle begin hold rollback begin hold flush steps commit begin complete commit");
    }

    @Test
    void stepOfALostClaimIsRolledBackWhateverTheHandlerMakesOfIt() throws Exception {
        rehearsal.recordSteps(() -> {
            throw LOST;
        });

        assertThat(stage.execute(execution -> {
                    assertThat(catchThrowable(() -> execution.step("reserve", () -> RESULT)))
                            .isSameAs(LOST);
                    return Samples.response(201);
                }))
                .isEqualTo(new ClaimLost(LOST));
        assertThat(stage.script())
                .isEqualTo("begin claim commit handle begin hold flush steps rollback begin release commit");
    }

    @Test
    void stepWhoseCommitFailedIsNotTakenForDone() throws Exception {
        IOException cause = new IOException("connection lost");
        rehearsal.commit(new CommitResult.Committed()).commit(new Failed(cause, true));

        ExecutionOutcome outcome = stage.execute(execution -> {
            execution.step("reserve", () -> RESULT);
            return Samples.response(201);
        });

        assertThat(outcome).isInstanceOf(OutcomeUnknown.class);
        assertThat(outcome.cause()).hasMessageContaining("'reserve'").hasCause(cause);
    }

    @Test
    void nothingBeginsInsideAStep() throws Exception {
        stage.execute(execution -> {
            execution.step("outer", () -> {
                assertThatThrownBy(() -> execution.step("inner", () -> RESULT))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("one step after the other");
                assertThatThrownBy(() -> execution.completeInTransaction(() -> 1))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("one step after the other");
                return RESULT;
            });
            return Samples.response(200);
        });

        assertThat(stage.script())
                .isEqualTo("begin claim commit handle begin hold flush steps commit begin complete commit");
    }

    @Test
    void stepOfAnotherThreadIsNoPartOfTheLastTransaction() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            stage.execute(execution -> {
                execution.completeInTransaction(() -> 1);
                other.submit(() -> assertThatThrownBy(() -> execution.step("a", () -> RESULT))
                                .isInstanceOf(IllegalStateException.class))
                        .get();
                return Samples.response(200);
            });
        } finally {
            other.shutdown();
        }
    }

    @Test
    void nothingFollowsAStepOfWhichNobodyKnowsWhetherItIsRecorded() throws Exception {
        IOException cause = new IOException("connection lost");
        rehearsal.commit(new CommitResult.Committed()).commit(new Failed(cause, true));

        ExecutionOutcome outcome = stage.execute(execution -> {
            Throwable first = catchThrowable(() -> execution.step("reserve", () -> RESULT));
            assertThat(catchThrowable(() -> execution.step("reserve", () -> RESULT)))
                    .isSameAs(first);
            assertThat(catchThrowable(() -> execution.step("charge", () -> RESULT)))
                    .isSameAs(first);
            assertThat(catchThrowable(() -> execution.completeInTransaction(() -> 1)))
                    .isSameAs(first);
            return Samples.response(201);
        });

        assertThat(outcome).isInstanceOf(OutcomeUnknown.class);
        assertThat(outcome.cause()).hasCause(cause);
        assertThat(stage.script())
                .isEqualTo("begin claim commit handle begin hold flush steps commit begin release commit");
    }

    @Test
    void policyThatFailsLeavesNothingOpen() {
        IllegalStateException mistake = new IllegalStateException("a mistake in the policy");
        stage.outcomes(status -> {
            throw mistake;
        });

        assertThatThrownBy(
                        () -> stage.execute(execution -> execution.completeInTransaction(() -> Samples.response(409))))
                .isSameAs(mistake);
        assertThat(stage.script()).isEqualTo("begin claim commit handle begin hold rollback begin release commit");
    }

    @Test
    void completionOfWhichNobodyKnowsIsNotTriedAgain() throws Exception {
        IOException cause = new IOException("connection lost");
        rehearsal
                .begin(rehearsal::transaction)
                .begin(rehearsal::transaction)
                .begin(raises(DOWN))
                .commit(new CommitResult.Committed())
                .commit(new Failed(cause, true));

        assertThat(stage.answering(201)).isEqualTo(new OutcomeUnknown(cause));
        assertThat(stage.script()).isEqualTo("begin claim commit handle begin complete commit begin");
    }

    @Test
    void leasesThatWerePassedOverAreAskedForAgain() throws Exception {
        DeferredExecution deferred = deferred();
        stage.advance(LEASE.duration().dividedBy(3));
        rehearsal.renewOnly(0);
        assertThat(stage.leases.renew()).isZero();
        assertThat(stage.leases.renew()).isEqualTo(1);
        assertThat(stage.leases.renew()).isZero();
        deferred.finish(Samples.response(200));
    }

    @Test
    void leaseThatMayHaveEndedBeforeTheHandlerStartsIsRenewedFirst() throws Exception {
        rehearsal.commit(this::committedTooLate);

        assertThat(stage.answering(201)).isEqualTo(new Executed());
        assertThat(stage.script()).isEqualTo("begin claim commit begin renew commit handle begin complete commit");
    }

    @Test
    void handlerDoesNotStartUnderALeaseThatEndedBefore() throws Exception {
        rehearsal.commit(this::committedTooLate).renewOnly(0);

        assertThat(stage.answering(201)).isInstanceOf(ClaimLost.class);
        assertThat(stage.script()).isEqualTo("begin claim commit begin renew commit begin release commit");
        assertThat(stage.leases.renew()).isZero();
    }

    @Test
    void handlerDoesNotStartUnderALeaseOfWhichNobodyKnows() throws Exception {
        rehearsal.commit(this::committedTooLate).renew(() -> {
            throw DOWN;
        });

        assertThat(stage.answering(201)).isInstanceOf(ClaimLost.class);
        assertThat(stage.script()).isEqualTo("begin claim commit begin renew rollback begin release commit");
    }

    @Test
    void renewalThatTakesAsLongAsTheLeaseIsNone() throws Exception {
        rehearsal.commit(this::committedTooLate).renew(() -> stage.advance(LEASE.duration()));

        assertThat(stage.answering(201)).isInstanceOf(ClaimLost.class);
        assertThat(stage.script()).isEqualTo("begin claim commit begin renew commit begin release commit");
    }

    private CommitResult committedTooLate() {
        stage.advance(LEASE.duration());
        return new CommitResult.Committed();
    }

    @Test
    void answerMayComeLater() throws Exception {
        DeferredExecution deferred = deferred();
        assertThat(stage.answering(201)).isEqualTo(new InProgress());

        assertThat(deferred.finish(Samples.response(201))).isEqualTo(new Executed());
        assertThatThrownBy(() -> deferred.finish(Samples.response(201))).isInstanceOf(IllegalStateException.class);
        deferred.fail();
        deferred.abandon();
        assertThat(stage.script()).isEqualTo("begin claim commit handle begin complete commit");
        assertThat(stage.answering(201)).isEqualTo(new Executed());
    }

    @Test
    void answerThatNeverComesReleasesTheClaim() throws Exception {
        DeferredExecution deferred = deferred();
        deferred.fail();
        deferred.fail();

        assertThat(stage.script()).isEqualTo("begin claim commit handle begin release commit");
        assertThat(stage.answering(201)).isEqualTo(new Executed());
    }

    @Test
    void workThatMayGoOnKeepsItsClaimUntilItsLeaseEnds() throws Exception {
        DeferredExecution deferred = deferred();
        deferred.abandon();
        deferred.fail();

        assertThat(stage.script()).isEqualTo("begin claim commit handle");
        assertThat(stage.answering(201)).isEqualTo(new Executed());
    }

    @Test
    void leaseIsRenewedWhileTheAnswerIsAwaited() throws Exception {
        DeferredExecution deferred = deferred();
        assertThat(stage.leases.renew()).isZero();
        stage.advance(LEASE.duration().dividedBy(3).minusNanos(1));
        assertThat(stage.leases.renew()).isZero();
        stage.advance(Duration.ofNanos(1));
        assertThat(stage.leases.renew()).isEqualTo(1);
        assertThat(stage.leases.renew()).isZero();
        assertThat(rehearsal.renewed).isEqualTo(rehearsal.claimed);

        stage.advance(LEASE.duration().dividedBy(3));
        rehearsal.renew(() -> {
            throw DOWN;
        });
        assertThatThrownBy(stage.leases::renew).isSameAs(DOWN);
        rehearsal.commit(new Failed(new IOException(), true));
        assertThatThrownBy(stage.leases::renew).isInstanceOf(StoreUnavailableException.class);
        assertThat(stage.leases.renew()).isEqualTo(1);
        deferred.finish(Samples.response(200));
    }

    @Test
    void transactionalHandlerCannotAnswerLater() {
        ExecutorStage transactional = new ExecutorStage();

        assertThatThrownBy(() -> transactional.execute(execution -> null))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("leased mode");
        assertThat(transactional.script()).isEqualTo("begin claim handle rollback");
    }

    @Test
    void transactionalHandlerHasTheSameContext() throws Exception {
        ExecutorStage transactional = new ExecutorStage();

        transactional.execute(execution -> {
            assertThat(execution.attempt()).isEqualTo(Attempt.FIRST);
            assertThat(execution.key()).isEqualTo(transactional.key);
            assertThat(execution.step("reserve", () -> RESULT)).isEqualTo(RESULT);
            assertThat(execution.completeInTransaction(() -> "done")).isEqualTo("done");
            return Samples.response(200);
        });
        assertThat(transactional.script()).isEqualTo("begin claim handle complete commit");
    }

    private DeferredExecution deferred() throws Exception {
        return ((Deferred) stage.execute(execution -> null)).execution();
    }
}
