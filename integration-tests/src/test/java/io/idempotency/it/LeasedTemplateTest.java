package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.idempotency.IdempotencyContext;
import io.idempotency.IdempotencyTemplate;
import io.idempotency.IdempotentExecutionException;
import io.idempotency.UnreadableResultException;
import io.idempotency.core.Lease;
import io.idempotency.core.RequestOutcome;
import io.idempotency.core.Takeover;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Section L without HTTP: work under a lease, for services and batch jobs that call other systems. */
@Timeout(120)
class LeasedTemplateTest {

    private static final String SHIPPING = "orders.shipped";
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Lease REFUSING = new Lease(MINUTE, MINUTE, MINUTE, Takeover.REFUSE);
    private static final Lease EXECUTING = new Lease(MINUTE, MINUTE, MINUTE, Takeover.EXECUTE);

    private static ServiceApp app;
    private static ServiceApp other;

    private final IdempotencyTemplate template = app.template().leased();
    private final IdempotencyTemplate elsewhere = other.template().leased();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final String key = RunningApp.newKey();

    @BeforeAll
    static void start() {
        app = ServiceApp.start(App.class, RunningApp.WITHOUT_RECENT_COMPLETIONS);
        app.createEffects();
        app.jdbc().execute("CREATE TABLE booking (reference varchar PRIMARY KEY)");
        other = app.otherNode(App.class);
    }

    @AfterAll
    static void stop() {
        other.close();
        app.close();
    }

    @BeforeEach
    void empty() {
        app.jdbc().execute("TRUNCATE effect, idempotency_record");
    }

    @Test
    void resultIsRecordedAndReturnedOnEveryNode() {
        assertThat(template.execute(SHIPPING, key, String.class, () -> "shipped"))
                .isEqualTo("shipped");
        assertThat(elsewhere.execute(SHIPPING, key, String.class, () -> "again"))
                .isEqualTo("shipped");
    }

    @Test
    void failedAttemptIsGoneOnWithBehindItsSteps() {
        assertThatThrownBy(() -> ship(template, true)).hasMessage("The carrier is closed.");
        assertThat(ship(elsewhere, false)).isEqualTo("reserved by 1, attempt 2");

        assertThat(app.effects()).containsExactly("reserved by 1");
        assertThat(seen).hasSize(2);
        assertThat(seen.get(0)).isEqualTo(seen.get(1)).doesNotContain(key);
    }

    private String ship(IdempotencyTemplate node, boolean fails) {
        return String.valueOf(node.execute(SHIPPING, key, String.class, () -> {
            IdempotencyContext context = IdempotencyContext.current();
            seen.add(context.childKey("carrier"));
            String reserved = context.step("reserve", String.class, () -> {
                String what = "reserved by " + context.attempt();
                app.effect(what);
                return what;
            });
            if (fails) {
                throw new IllegalStateException("The carrier is closed.");
            }
            return reserved + ", attempt " + context.attempt();
        }));
    }

    @Test
    void claimIsSeenWhileTheWorkRuns() {
        template.withRequest("a").executeWithoutResult(SHIPPING, key, () -> {
            assertThat(app.jdbc()
                            .queryForObject(
                                    "SELECT count(*) FROM idempotency_record WHERE completed_at IS NULL",
                                    Integer.class))
                    .isEqualTo(1);
            assertThat(refusal(() -> elsewhere.withRequest("a").executeWithoutResult(SHIPPING, key, this::mustNotRun))
                            .outcome())
                    .isEqualTo(RequestOutcome.IN_PROGRESS);
            assertThat(refusal(() -> elsewhere.withRequest("b").executeWithoutResult(SHIPPING, key, this::mustNotRun))
                            .outcome())
                    .isEqualTo(RequestOutcome.KEY_REUSED);
        });
    }

    @Test
    void lastPartAndResultAreCommittedTogether() {
        template.executeWithoutResult(
                SHIPPING,
                key,
                () -> IdempotencyContext.current().completeInTransaction(() -> {
                    app.effect("booked");
                    assertThat(other.effects()).isEmpty();
                    return "booked";
                }));
        assertThat(other.effects()).containsExactly("booked");

        assertThatThrownBy(() -> template.executeWithoutResult(SHIPPING, RunningApp.newKey(), () -> {
                    IdempotencyContext.current().completeInTransaction(() -> {
                        app.effect("undone");
                        return "undone";
                    });
                    throw new UnsupportedOperationException();
                }))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(app.effects()).containsExactly("booked");
    }

    @Test
    void resultThatCannotBeReadAgainUndoesTheLastPart() {
        assertThatThrownBy(() -> template.execute(
                        SHIPPING,
                        key,
                        Runnable.class,
                        () -> IdempotencyContext.current().completeInTransaction(() -> {
                            app.effect("undone");
                            return new TemplateTest.Task("a task");
                        })))
                .isNotInstanceOf(IdempotentExecutionException.class);

        assertThat(app.effects()).isEmpty();
        assertThat(template.execute(SHIPPING, key, String.class, () -> "runs")).isEqualTo("runs");
    }

    @Test
    void recordedStepThatCannotBeReadFailsByNameAndIsNotRunAgain() {
        assertThatThrownBy(() -> ship(template, true)).hasMessage("The carrier is closed.");

        assertThatThrownBy(() -> template.execute(
                        SHIPPING,
                        key,
                        Integer.class,
                        () -> IdempotencyContext.current().step("reserve", Integer.class, () -> 7)))
                .isInstanceOf(UnreadableResultException.class)
                .hasMessageContaining("step 'reserve'");
        assertThat(app.effects()).containsExactly("reserved by 1");
    }

    @Test
    void violatedConstraintIsTheStepsOwnExceptionWithAMapperOfObjectsToo() {
        EntityManager entities = app.bean(EntityManager.class);
        template.executeWithoutResult(SHIPPING, key, () -> {
            IdempotencyContext context = IdempotencyContext.current();
            context.step("first", () -> entities.persist(new TemplateTest.Booking("taken")));
            assertThatThrownBy(() -> context.step("second", () -> entities.persist(new TemplateTest.Booking("taken"))))
                    .isInstanceOf(DataIntegrityViolationException.class);
            context.step("second", () -> entities.persist(new TemplateTest.Booking("free")));
        });

        assertThat(app.jdbc().queryForList("SELECT reference FROM booking ORDER BY reference", String.class))
                .containsExactly("free", "taken");
    }

    @Test
    void abandonedKeyIsRefusedUntilItIsResolvedUnlessSaidOtherwise() throws Exception {
        abandoned(app.template().leased(REFUSING), () -> {
            IdempotentExecutionException unknown = refusal(
                    () -> other.template().leased(REFUSING).executeWithoutResult(SHIPPING, key, this::mustNotRun));

            assertThat(unknown.outcome()).isEqualTo(RequestOutcome.OUTCOME_UNKNOWN);
            assertThat(unknown.isRetryable()).isFalse();
            assertThat(unknown).hasMessageContaining("is resolved").hasMessageNotContaining(key);
        });
    }

    @Test
    void abandonedKeyIsTakenOverWhereThatIsSaidAndItsOwnerCannotComplete() throws Exception {
        IdempotentExecutionException lost = abandoned(
                app.template().leased(EXECUTING),
                () -> other.template().leased(EXECUTING).executeWithoutResult(SHIPPING, key, () -> {
                    assertThat(IdempotencyContext.current().isTakeover()).isTrue();
                    app.effect("by attempt " + IdempotencyContext.current().attempt());
                }));

        assertThat(lost.outcome()).isEqualTo(RequestOutcome.CLAIM_LOST);
        assertThat(lost.isRetryable()).isTrue();
        assertThat(app.effects()).containsExactly("by attempt 2");
    }

    /** Runs something while an attempt looks as if its node were dead; returns what the attempt then came to, if it was refused. */
    private IdempotentExecutionException abandoned(IdempotencyTemplate node, Runnable meanwhile) throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<IdempotentExecutionException> attempt =
                    thread.submit(() -> refusal(() -> node.executeWithoutResult(SHIPPING, key, () -> {
                        running.countDown();
                        await(mayGoOn);
                    })));
            await(running);
            app.jdbc()
                    .update("UPDATE idempotency_record SET lease_until = now() - interval '1 second'"
                            + " WHERE completed_at IS NULL");
            meanwhile.run();
            mayGoOn.countDown();
            return attempt.get(60, TimeUnit.SECONDS);
        } finally {
            mayGoOn.countDown();
            thread.shutdown();
        }
    }

    @Test
    void leaseThatCannotBeRenewedInTimeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> template.leased(new Lease(Duration.ofMillis(300), MINUTE, MINUTE, Takeover.REFUSE)))
                .withMessageContaining("PT0.3S")
                .withMessageContaining("three times idempotency.lease.renewal-interval");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> template.leased(new Lease(MINUTE, Duration.ofSeconds(30), MINUTE, Takeover.REFUSE)))
                .withMessageContaining("PT30S, which is its lifetime");
    }

    @Test
    void retentionHoldsForUnsettledRecordsAsWell() {
        template.withRetention(Duration.ofDays(3))
                .executeWithoutResult(
                        SHIPPING,
                        key,
                        () -> assertThat(app.jdbc()
                                        .queryForObject(
                                                "SELECT expires_at - now() BETWEEN interval '2 days' AND interval '4 days'"
                                                        + " FROM idempotency_record WHERE completed_at IS NULL",
                                                Boolean.class))
                                .isTrue());
    }

    @Test
    void callInsideATransactionIsRefusedWithWhatToDo() {
        PlatformTransactionManager manager = app.bean(PlatformTransactionManager.class);
        TransactionTemplate caller = new TransactionTemplate(manager);
        TransactionTemplate suspending = new TransactionTemplate(manager, suspended());

        caller.executeWithoutResult(outer -> {
            assertThatIllegalStateException()
                    .isThrownBy(() -> template.executeWithoutResult(SHIPPING, key, this::mustNotRun))
                    .withMessageContaining(SHIPPING)
                    .withMessageContaining("outside of @Transactional")
                    .withMessageContaining("NOT_SUPPORTED");
            suspending.executeWithoutResult(
                    none -> template.executeWithoutResult(SHIPPING, key, () -> app.effect("shipped")));
            outer.setRollbackOnly();
        });

        assertThat(app.effects()).containsExactly("shipped");
    }

    private static TransactionDefinition suspended() {
        return new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
    }

    private void mustNotRun() {
        throw new AssertionError("This work must not run.");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static IdempotentExecutionException refusal(Runnable call) {
        return catchThrowableOfType(IdempotentExecutionException.class, call::run);
    }

    @EnableAutoConfiguration
    static class App {}
}
