package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.idempotency.IdempotencyContext;
import io.idempotency.IdempotencyTemplate;
import io.idempotency.IdempotentExecutionException;
import io.idempotency.UnreadableResultException;
import io.idempotency.core.RequestOutcome;
import io.idempotency.core.TransactionSettings;
import io.idempotency.core.TransactionSettings.Isolation;
import io.idempotency.it.ledger.FaultyDataSource;
import io.idempotency.it.ledger.FaultyDataSource.Fault;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;
import org.springframework.transaction.support.TransactionTemplate;

/** Work that runs once per key without HTTP, in an application without a web server. */
@Timeout(120)
class TemplateTest {

    private static final String ORDERS = "orders.created";

    private static ServiceApp app;
    private static ServiceApp other;
    private static IdempotencyTemplate template;

    private final AtomicInteger runs = new AtomicInteger();
    private final String key = RunningApp.newKey();

    @BeforeAll
    static void start() {
        app = ServiceApp.start(App.class, RunningApp.WITHOUT_RECENT_COMPLETIONS);
        app.createEffects();
        app.jdbc().execute("CREATE TABLE booking (reference varchar PRIMARY KEY)");
        other = app.otherNode(App.class);
        template = app.template();
    }

    @AfterAll
    static void stop() {
        other.close();
        app.close();
    }

    @BeforeEach
    void empty() {
        app.jdbc().execute("TRUNCATE effect, booking");
    }

    record Order(String id, Instant placedAt, Optional<String> note, BigDecimal total, List<Line> lines) {}

    record Line(String article, int count) {}

    @Test
    void resultIsRecordedAndReturnedOnEveryNode() {
        assertThat(template.execute(ORDERS, key, Integer.class, runs::incrementAndGet))
                .isEqualTo(1);
        assertThat(template.execute(ORDERS, key, Integer.class, runs::incrementAndGet))
                .isEqualTo(1);
        assertThat(other.template().execute(ORDERS, key, Integer.class, runs::incrementAndGet))
                .isEqualTo(1);
        assertThat(runs).hasValue(1);
    }

    @Test
    void recordWithTimesAndOptionalsComesBackAsItWas() {
        Order order = new Order(
                "o-1",
                Instant.parse("2026-03-01T10:15:30.123456Z"),
                Optional.of("gift"),
                new BigDecimal("10.50"),
                List.of(new Line("book", 2)));

        assertThat(template.execute(ORDERS, key, Order.class, () -> order)).isEqualTo(order);
        assertThat(template.execute(ORDERS, key, Order.class, TemplateTest::mustNotRun))
                .isEqualTo(order);
    }

    @Test
    void genericListComesBackWithItsElementsTypes() {
        ParameterizedTypeReference<List<Line>> lines = new ParameterizedTypeReference<>() {};

        assertThat(template.execute(ORDERS, key, lines, () -> List.of(new Line("book", 2))))
                .containsExactly(new Line("book", 2));
        assertThat(template.execute(ORDERS, key, lines, TemplateTest::mustNotRun))
                .containsExactly(new Line("book", 2));
    }

    @Test
    void nullIsAResult() {
        assertThat(template.execute(ORDERS, key, String.class, this::nothing)).isNull();
        assertThat(template.execute(ORDERS, key, String.class, this::nothing)).isNull();
        assertThat(runs).hasValue(1);
    }

    @Test
    void emptyAndPresentOptionalsAreResults() {
        ParameterizedTypeReference<Optional<Line>> line = new ParameterizedTypeReference<>() {};
        String otherKey = RunningApp.newKey();

        assertThat(template.execute(ORDERS, key, line, Optional::empty)).isEmpty();
        assertThat(template.execute(ORDERS, key, line, TemplateTest::mustNotRun))
                .isEmpty();
        assertThat(template.execute(ORDERS, otherKey, line, () -> Optional.of(new Line("pen", 1))))
                .contains(new Line("pen", 1));
        assertThat(template.execute(ORDERS, otherKey, line, TemplateTest::mustNotRun))
                .contains(new Line("pen", 1));
    }

    @Test
    void workWithoutResultRunsOnce() {
        template.executeWithoutResult(ORDERS, key, runs::incrementAndGet);
        template.executeWithoutResult(ORDERS, key, runs::incrementAndGet);

        assertThat(runs).hasValue(1);
    }

    @Test
    void listenerThatGetsTheSameMessageTwiceBooksOnce() {
        Inbox inbox = app.bean(Inbox.class);
        inbox.onMessage("message-7", "order 7");
        inbox.onMessage("message-7", "order 7");
        other.bean(Inbox.class).onMessage("message-7", "order 7");
        inbox.onMessage("message-8", "order 8");

        assertThat(app.effects()).containsExactly("order 7", "order 8");
    }

    @Test
    void exceptionRollsWorkAndRecordBackAndTheNextCallRunsAgain() {
        assertThatThrownBy(() -> template.executeWithoutResult(ORDERS, key, () -> {
                    app.effect("undone");
                    throw new UnsupportedOperationException("no stock");
                }))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("no stock");
        assertThat(app.effects()).isEmpty();

        template.executeWithoutResult(ORDERS, key, () -> app.effect("done"));
        assertThat(app.effects()).containsExactly("done");
    }

    @Test
    void violatedConstraintIsTheWorksOwnExceptionWithAMapperOfObjectsToo() {
        EntityManager entities = app.bean(EntityManager.class);
        template.executeWithoutResult(ORDERS, key, () -> entities.persist(new Booking("taken")));

        assertThatThrownBy(() -> template.executeWithoutResult(
                        ORDERS, RunningApp.newKey(), () -> entities.persist(new Booking("taken"))))
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void lostCommitLeavesNeitherWorkNorRecord() {
        IdempotentExecutionException lost = refusal(() -> template.executeWithoutResult(ORDERS, key, () -> {
            app.effect("lost");
            FaultyDataSource.next(Fault.COMMIT_IS_LOST_WITH_THE_CONNECTION, Fault.NONE);
        }));

        assertThat(lost.outcome()).isEqualTo(RequestOutcome.COMMIT_REFUSED);
        assertThat(lost.isRetryable()).isTrue();
        assertThat(lost).hasCauseInstanceOf(RuntimeException.class);
        assertThat(app.effects()).isEmpty();
        template.executeWithoutResult(ORDERS, key, () -> app.effect("done"));
        assertThat(app.effects()).containsExactly("done");
    }

    @Test
    void commitWhoseAnswerWasLostIsFoundOut() {
        Integer result = template.execute(ORDERS, key, Integer.class, () -> {
            app.effect("done");
            FaultyDataSource.next(Fault.COMMIT_ARRIVES_AND_ITS_ANSWER_IS_LOST, Fault.NONE);
            return 7;
        });

        assertThat(result).isEqualTo(7);
        assertThat(app.effects()).containsExactly("done");
    }

    @Test
    void unreachableDatabaseIsWorthAnotherTry() {
        FaultyDataSource.next(Fault.NO_CONNECTION, Fault.NO_CONNECTION);
        try {
            IdempotentExecutionException unavailable =
                    refusal(() -> template.executeWithoutResult(ORDERS, key, runs::incrementAndGet));

            assertThat(unavailable.outcome()).isEqualTo(RequestOutcome.STORE_UNAVAILABLE);
            assertThat(unavailable.isRetryable()).isTrue();
            assertThat(runs).hasValue(0);
        } finally {
            FaultyDataSource.heal();
        }
    }

    @Test
    void resultOverATransactionThatCanOnlyBeRolledBackIsNone() {
        IdempotentExecutionException rolledBack = refusal(() -> template.execute(ORDERS, key, String.class, () -> {
            app.effect("undone");
            app.bean(Swallowing.class).doom();
            return "untrue";
        }));

        assertThat(rolledBack.outcome()).isEqualTo(RequestOutcome.ROLLED_BACK);
        assertThat(rolledBack.isRetryable()).isFalse();
        assertThat(app.effects()).isEmpty();
    }

    @Test
    void callersOnTwoNodesRunTheWorkOnce() throws Exception {
        assertOneRuns(app, other);
    }

    @Test
    void callersOnTwoThreadsRunTheWorkOnce() throws Exception {
        assertOneRuns(app, app);
    }

    private void assertOneRuns(ServiceApp one, ServiceApp another) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        CountDownLatch refused = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<String> first = threads.submit(racing(one.template(), start, refused));
            Future<String> second = threads.submit(racing(another.template(), start, refused));

            assertThat(List.of(first.get(60, TimeUnit.SECONDS), second.get(60, TimeUnit.SECONDS)))
                    .containsExactlyInAnyOrder("run 1", "IN_PROGRESS, retryable: true");
            assertThat(app.effects()).containsExactly("run 1");
        } finally {
            threads.shutdownNow();
        }
    }

    /** Whoever runs the work goes on with it until the other one has been refused. */
    private Callable<String> racing(IdempotencyTemplate node, CyclicBarrier start, CountDownLatch refused) {
        return () -> {
            start.await(30, TimeUnit.SECONDS);
            try {
                return String.valueOf(node.execute(ORDERS, key, String.class, () -> {
                    String run = "run " + runs.incrementAndGet();
                    app.effect(run);
                    awaitOpen(refused);
                    return run;
                }));
            } catch (IdempotentExecutionException e) {
                refused.countDown();
                return e.outcome() + ", retryable: " + e.isRetryable();
            }
        };
    }

    @Test
    void keyThatComesAgainWithAnotherRequestIsRefused() {
        Line asked = new Line("book", 1);
        template.withRequest(asked).executeWithoutResult(ORDERS, key, runs::incrementAndGet);
        template.withRequest(new Line("book", 1)).executeWithoutResult(ORDERS, key, runs::incrementAndGet);
        IdempotentExecutionException reused = refusal(() ->
                template.withRequest(new Line("book", 2)).executeWithoutResult(ORDERS, key, runs::incrementAndGet));

        assertThat(reused.outcome()).isEqualTo(RequestOutcome.KEY_REUSED);
        assertThat(reused.isRetryable()).isFalse();
        assertThat(reused).hasMessageContaining(ORDERS).hasMessageNotContaining(key);
        assertThat(runs).hasValue(1);
    }

    @Test
    void callThatSaysNothingOfItsRequestIsARepetition() {
        template.executeWithoutResult(ORDERS, key, runs::incrementAndGet);
        template.withRequest(new Line("book", 1)).executeWithoutResult(ORDERS, key, runs::incrementAndGet);

        assertThat(runs).hasValue(1);
    }

    @Test
    void operationsHaveKeysOfTheirOwn() {
        template.executeWithoutResult("orders.created", key, runs::incrementAndGet);
        template.executeWithoutResult("orders.cancelled", key, runs::incrementAndGet);

        assertThat(runs).hasValue(2);
    }

    @Test
    void resultIsForgottenAfterItsRetention() {
        template.withRetention(Duration.ofHours(2)).executeWithoutResult(ORDERS, key, runs::incrementAndGet);
        int expired = app.jdbc()
                .update("UPDATE idempotency_record SET expires_at = completed_at"
                        + " WHERE expires_at - completed_at = interval '2 hours'");
        template.executeWithoutResult(ORDERS, key, runs::incrementAndGet);
        template.executeWithoutResult(ORDERS, key, runs::incrementAndGet);

        assertThat(expired).isEqualTo(1);
        assertThat(runs).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT876001H"})
    void retentionThatCannotBeKeptIsRefused(Duration retention) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> template.withRetention(retention))
                .withMessageContaining(retention.toString())
                .withMessageContaining("at most 36500d");
    }

    @Test
    void transactionIsBegunAsTheTemplateSays() {
        IdempotencyTemplate serializable =
                template.withTransaction(new TransactionSettings(Isolation.SERIALIZABLE, Duration.ofSeconds(10)));

        assertThat(serializable.execute(
                        ORDERS,
                        key,
                        String.class,
                        () -> app.jdbc().queryForObject("SHOW transaction_isolation", String.class)))
                .isEqualTo("serializable");
    }

    @Test
    void contextIsThereWhileTheWorkRuns() {
        String child = template.execute(
                ORDERS, key, String.class, () -> IdempotencyContext.current().childKey("mail"));

        assertThat(child).hasSize(36).doesNotContain(key);
        assertThatThrownBy(IdempotencyContext::current).isInstanceOf(IllegalStateException.class);
    }

    /** Cannot be written. */
    static final class Opaque {
        private final Opaque self = this;

        public Opaque getSelf() {
            return self;
        }
    }

    @Test
    void resultThatCannotBeWrittenOrReadAgainFailsBeforeAnythingIsCommitted() {
        assertThatThrownBy(() -> template.execute(ORDERS, key, Opaque.class, () -> {
                    app.effect("undone");
                    return new Opaque();
                }))
                .isNotInstanceOf(IdempotentExecutionException.class);
        assertThatThrownBy(() -> template.execute(ORDERS, key, Runnable.class, () -> {
                    app.effect("undone");
                    return new Task("a task");
                }))
                .isNotInstanceOf(IdempotentExecutionException.class);

        assertThat(app.effects()).isEmpty();
        assertThat(template.execute(ORDERS, key, String.class, () -> "runs")).isEqualTo("runs");
    }

    record Task(String name) implements Runnable {
        @Override
        public void run() {}
    }

    @Test
    void recordedResultThatCannotBeReadFailsByNameAndIsNotRunAgain() {
        template.execute(ORDERS, key, String.class, () -> "seven");

        assertThatThrownBy(() -> template.execute(ORDERS, key, Order.class, TemplateTest::mustNotRun))
                .isInstanceOf(UnreadableResultException.class)
                .hasMessageContaining(ORDERS)
                .hasMessageContaining(Order.class.getName())
                .hasMessageContaining("not run again");
        assertThat(template.execute(ORDERS, key, String.class, TemplateTest::mustNotRun))
                .isEqualTo("seven");
    }

    static Stream<Arguments> unusableKeys() {
        return Stream.of(
                Arguments.of("", "has 0"),
                Arguments.of("x".repeat(256), "has 256"),
                Arguments.of("Schl\u00fcssel", "printable ASCII"),
                Arguments.of("a\nb", "printable ASCII"));
    }

    @ParameterizedTest
    @MethodSource("unusableKeys")
    void unusableKeyIsRefusedWithWhatToDo(String unusable, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> template.executeWithoutResult(ORDERS, unusable, TemplateTest::mustNotRun))
                .withMessageContaining(ORDERS)
                .withMessageContaining(why)
                .withMessageContaining("digest in hexadecimal digits");
    }

    @Test
    void workInsideATransactionOfTheCallerHasItsOwn() {
        TransactionTemplate caller = new TransactionTemplate(app.bean(PlatformTransactionManager.class));
        caller.executeWithoutResult(status -> {
            app.effect("the caller's");
            template.executeWithoutResult(ORDERS, key, () -> {
                assertThat(app.effects()).isEmpty();
                app.effect("the work's");
            });
            status.setRollbackOnly();
        });
        assertThat(app.effects()).containsExactly("the work's");

        template.executeWithoutResult(ORDERS, key, TemplateTest::mustNotRun);
    }

    @Test
    void callInsideATransactionThatLeavesNoConnectionSaysWhatToDo() {
        try (ServiceApp narrow = app.otherNode(
                App.class,
                "spring.datasource.hikari.maximum-pool-size=1",
                "spring.datasource.hikari.connection-timeout=250")) {
            TransactionTemplate caller = new TransactionTemplate(narrow.bean(PlatformTransactionManager.class));

            IdempotentExecutionException stuck = refusal(() -> caller.executeWithoutResult(
                    status -> narrow.template().executeWithoutResult(ORDERS, key, TemplateTest::mustNotRun)));

            assertThat(stuck.outcome()).isEqualTo(RequestOutcome.STORE_UNAVAILABLE);
            assertThat(stuck).hasMessageContaining("call it outside of @Transactional");
        }
    }

    private @Nullable String nothing() {
        runs.incrementAndGet();
        return null;
    }

    private static <T> T mustNotRun() {
        throw new AssertionError("This work must not run.");
    }

    private static void awaitOpen(CountDownLatch latch) {
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
    static class App {

        @Bean
        static FaultyDataSource.Installer faults() {
            return new FaultyDataSource.Installer();
        }

        @Bean
        Inbox inbox(IdempotencyTemplate inbox, JdbcTemplate jdbc) {
            return new Inbox(inbox, jdbc);
        }

        @Bean
        Swallowing swallowing() {
            return new Swallowing();
        }
    }

    /** A listener whose broker delivers at least once. */
    record Inbox(IdempotencyTemplate inbox, JdbcTemplate jdbc) {

        void onMessage(String messageId, String order) {
            inbox.executeWithoutResult(
                    ORDERS, messageId, () -> jdbc.update("INSERT INTO effect (what) VALUES (?)", order));
        }
    }

    static class Swallowing {

        @Transactional
        public void doom() {
            TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
        }
    }

    @Entity
    @Table(name = "booking")
    static class Booking {

        @Id
        private String reference = "";

        protected Booking() {}

        Booking(String reference) {
            this.reference = reference;
        }

        String reference() {
            return reference;
        }
    }
}
