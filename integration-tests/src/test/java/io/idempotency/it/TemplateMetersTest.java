package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.idempotency.IdempotencyContext;
import io.idempotency.IdempotencyTemplate;
import io.idempotency.core.Lease;
import io.idempotency.core.Takeover;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** Section M without HTTP: the meters are those of the controllers, and no route is told. */
@Timeout(120)
class TemplateMetersTest {

    private static final String OPERATION = "operation-that-no-meter-may-show";
    private static final String KEY = "key-that-no-meter-may-show";
    private static final Lease SHORT =
            new Lease(Duration.ofMillis(300), Duration.ofMinutes(1), Duration.ofMinutes(1), Takeover.REFUSE);

    private static ServiceApp app;
    private static MeterRegistry meters;

    @BeforeAll
    static void provokeOutcomes() {
        app = ServiceApp.start(App.class, "idempotency.lease.renewal-interval=50ms");
        meters = app.bean(MeterRegistry.class);
        IdempotencyTemplate template = app.template();

        template.withRequest("a").execute(OPERATION, KEY, String.class, () -> "done");
        template.withRequest("a").execute(OPERATION, KEY, String.class, () -> "again");
        catchThrowable(() -> template.withRequest("b").execute(OPERATION, KEY, String.class, () -> "other"));
        catchThrowable(() -> template.execute(OPERATION, "", String.class, () -> "nothing"));
        catchThrowable(() -> template.executeWithoutResult(OPERATION, "failing", () -> {
            throw new UnsupportedOperationException();
        }));
        catchThrowable(() -> template.executeWithoutResult(OPERATION, "dying", () -> {
            throw new AssertionError();
        }));
        template.executeWithoutResult(
                OPERATION,
                "nested",
                () -> catchThrowable(() -> template.executeWithoutResult(OPERATION, "nested", () -> {})));
        template.leased(SHORT).executeWithoutResult(OPERATION, "leased", () -> {
            IdempotencyContext.current().step("step", () -> {});
            await().atMost(Duration.ofSeconds(30)).until(() -> timed("renew") > 0);
        });
        catchThrowable(() -> template.leased().executeWithoutResult(OPERATION, "leased and failing", () -> {
            throw new UnsupportedOperationException();
        }));
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @ParameterizedTest
    @CsvSource({"executed, 3", "replayed, 1", "key_reused, 1", "invalid_key, 1", "released, 3", "in_progress, 1"})
    void everyCallIsCountedOnceByOutcomeAndWithoutRoute(String outcome, int count) {
        assertThat(meters.get("idempotency.requests")
                        .tags("outcome", outcome, "uri", "none")
                        .counter()
                        .count())
                .isEqualTo(count);
    }

    @Test
    void nothingElseIsCountedAndNoTagShowsOperationsOrKeys() {
        assertThat(meters.get("idempotency.requests").counters()).hasSize(6);
        assertThat(meters.getMeters().toString()).doesNotContain(OPERATION, KEY);
    }

    @Test
    void ageOfReplaysIsTimed() {
        assertThat(meters.get("idempotency.replay.age").timer().count()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"claim", "complete", "hold", "record_steps", "release", "renew"})
    void storeIsTimedByOperation(String operation) {
        assertThat(timed(operation)).isPositive();
    }

    private static long timed(String operation) {
        return meters.get("idempotency.store")
                .tag("operation", operation)
                .timer()
                .count();
    }

    @EnableAutoConfiguration
    static class App {}
}
