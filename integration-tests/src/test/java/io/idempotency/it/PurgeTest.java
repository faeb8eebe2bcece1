package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.idempotency.core.IdempotencyListener;
import io.idempotency.jdbc.testing.PostgresUnderTest;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** Retention: records that are over are deleted by every node, in small batches, and nothing else is. */
@Timeout(120)
class PurgeTest {

    private final String database = PostgresUnderTest.newDatabase().url();
    private final JdbcTemplate admin = new JdbcTemplate(new DriverManagerDataSource(database));
    private final Purges purges = new Purges();
    private final WebApplicationContextRunner node = LightApp.on(database)
            .withBean("purges", IdempotencyListener.class, () -> purges)
            .withPropertyValues("idempotency.purge.interval=50ms", "idempotency.purge.batch-size=10");

    @BeforeEach
    void fillTable() {
        LightApp.on(database)
                .withPropertyValues("idempotency.purge.enabled=false")
                .run(app -> assertThat(app).hasNotFailed());
        insert("over", 25, "now() - interval '2 hours'", "now() - interval '1 hour'", "'\\x01'");
        insert("kept", 5, "now()", "now() + interval '1 hour'", "'\\x01'");
    }

    @Test
    void recordsThatAreOverAreDeletedInBatchesAndOthersStay() {
        node.run(app -> {
            assertThat(app).hasNotFailed();
            await().atMost(Duration.ofSeconds(30)).until(() -> left("over") == 0 && purges.total() == 25);
            assertThat(purges.batches()).containsExactly(10, 10, 5);
            assertThat(left("kept")).isEqualTo(5);
        });
    }

    @Test
    void everyNodePurgesWithoutLeader() {
        node.run(one -> node.run(two -> {
            insert("more", 500, "now() - interval '2 hours'", "now() - interval '1 hour'", "'\\x01'");
            await().atMost(Duration.ofSeconds(60)).until(() -> left("over") + left("more") == 0);
            await().atMost(Duration.ofSeconds(30)).until(() -> purges.total() == 525);
            assertThat(purges.batches()).allMatch(batch -> batch <= 10);
            assertThat(left("kept")).isEqualTo(5);
        }));
    }

    @Test
    void purgingCanBeSwitchedOff() {
        node.withPropertyValues("idempotency.purge.enabled=false").run(app -> {
            assertThat(app).hasNotFailed();
            assertThat(app).doesNotHaveBean("idempotencyPurger");
            assertThat(left("over")).isEqualTo(25);
        });
    }

    @Test
    void purgingRunsOnTheSchedulerOfTheApplication() {
        node.withUserConfiguration(Scheduling.class).run(app -> {
            await().atMost(Duration.ofSeconds(30)).until(() -> left("over") == 0 && purges.total() == 25);
            assertThat(purges.threads).allMatch(name -> name.startsWith("of-application-"));
        });
    }

    @Test
    void schedulerOfItsOwnEndsWithTheApplication() {
        node.run(app -> {
            await().atMost(Duration.ofSeconds(30)).until(() -> purges.total() == 25);
            assertThat(purges.threads).allMatch(name -> name.startsWith("idempotency-purge-"));
        });

        await().atMost(Duration.ofSeconds(30))
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("idempotency-purge-")));
    }

    @Test
    void failedRoundIsFollowedByTheNext() {
        node.run(app -> {
            await().atMost(Duration.ofSeconds(30)).until(() -> left("over") == 0);
            admin.execute("ALTER TABLE idempotency_record RENAME TO away");
            int rounds = purges.threads.size();
            admin.execute("ALTER TABLE away RENAME TO idempotency_record");
            insert("late", 1, "now() - interval '2 hours'", "now() - interval '1 hour'", "'\\x01'");
            await().atMost(Duration.ofSeconds(30)).until(() -> left("late") == 0);
            assertThat(purges.threads).hasSizeGreaterThan(rounds);
        });
    }

    private void insert(String name, int count, String completedAt, String expiresAt, String response) {
        admin.update("""
                INSERT INTO idempotency_record
                    (record_key, fingerprint, claim_token, completed_at, expires_at, response)
                SELECT gen_random_uuid(), convert_to(?, 'UTF8'), gen_random_uuid(), %s, %s, %s::bytea
                FROM generate_series(1, ?) AS n
                """.formatted(completedAt, expiresAt, response), name, count);
    }

    private long left(String name) {
        Long count = admin.queryForObject(
                "SELECT count(*) FROM idempotency_record WHERE convert_from(fingerprint, 'UTF8') = ?",
                Long.class,
                name);
        return count == null ? 0 : count;
    }

    private static final class Purges implements IdempotencyListener {

        private final Queue<Integer> counts = new ConcurrentLinkedQueue<>();
        private final Queue<String> threads = new ConcurrentLinkedQueue<>();

        @Override
        public void recordsPurged(int count) {
            counts.add(count);
            threads.add(Thread.currentThread().getName());
        }

        List<Integer> batches() {
            return counts.stream().filter(count -> count > 0).toList();
        }

        int total() {
            return counts.stream().mapToInt(Integer::intValue).sum();
        }
    }

    @EnableScheduling
    static class Scheduling {

        @Bean
        ThreadPoolTaskScheduler taskScheduler() {
            ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
            scheduler.setThreadNamePrefix("of-application-");
            return scheduler;
        }
    }
}
