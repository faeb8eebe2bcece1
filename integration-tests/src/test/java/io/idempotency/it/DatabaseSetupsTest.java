package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.idempotency.Idempotent;
import io.idempotency.jdbc.testing.PostgresUnderTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The set-ups of a database that applications have: pools, schemas, tables and migrations of their own. */
@Timeout(120)
class DatabaseSetupsTest {

    private static final String MIGRATION = "/io/idempotency/jdbc/migration/V1__idempotency_record.sql";

    private final String database = PostgresUnderTest.newDatabase().url();
    private final JdbcTemplate admin = new JdbcTemplate(new DriverManagerDataSource(database));

    @Test
    void poolOfOneWithoutAutoCommitAndTableInSchemaOfItsOwnSuffice() throws Exception {
        admin.execute("CREATE SCHEMA records");
        admin.execute("CREATE TABLE orders (id bigint GENERATED ALWAYS AS IDENTITY, amount int)");
        LightApp.on(database)
                .withPropertyValues("idempotency.jdbc.table=records.of_keys")
                .run(app -> assertThat(app).hasNotFailed());
        try (RunningApp app = RunningApp.start(
                database,
                Orders.class,
                RunningApp.WITHOUT_SECURITY,
                "spring.datasource.hikari.auto-commit=false",
                "spring.datasource.hikari.maximum-pool-size=1",
                "spring.datasource.hikari.connection-timeout=20000",
                "idempotency.jdbc.table=records.of_keys",
                "idempotency.jdbc.schema=validate",
                "idempotency.purge.interval=50ms")) {
            assertExecutedOnceAndReplayed(app);
            assertErrorIsKeptWithoutItsEffect(app);
            assertManyKeysShareTheConnection(app);

            admin.execute("UPDATE records.of_keys SET expires_at = completed_at");
            await().atMost(Duration.ofSeconds(30)).until(() -> count("records.of_keys") == 0);
            assertThat(exists("records.of_keys_history")).isTrue();
            assertThat(exists("idempotency_record")).isFalse();
        }
    }

    private void assertExecutedOnceAndReplayed(RunningApp app) {
        String key = RunningApp.newKey();
        HttpResponse<String> first = app.post("/orders", key, "1");
        HttpResponse<String> second = app.post("/orders", key, "1");

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue(RunningApp.REPLAYED)).contains("true");
        assertThat(count("orders")).isEqualTo(1);
    }

    private void assertErrorIsKeptWithoutItsEffect(RunningApp app) {
        String key = RunningApp.newKey();
        HttpResponse<String> first = app.post("/refused", key, "2");
        HttpResponse<String> second = app.post("/refused", key, "2");

        assertThat(first.statusCode()).isEqualTo(409);
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.headers().firstValue(RunningApp.REPLAYED)).contains("true");
        assertThat(count("orders")).isEqualTo(1);
    }

    private void assertManyKeysShareTheConnection(RunningApp app) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try {
            List<Future<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                String path = i % 4 == 0 ? "/refused" : "/orders";
                answers.add(clients.submit(() -> app.post(path, RunningApp.newKey(), "3")));
            }
            for (Future<HttpResponse<String>> answer : answers) {
                assertThat(answer.get(60, TimeUnit.SECONDS).statusCode()).isIn(200, 409);
            }
        } finally {
            clients.shutdownNow();
        }
        assertThat(count("orders")).isEqualTo(13);
    }

    @Test
    void poolThatIsTooSmallForTheMigrationIsToldSo() {
        HikariDataSource small = LightApp.dataSource(database);
        small.setMaximumPoolSize(1);
        small.setConnectionTimeout(500);

        LightApp.runner()
                .withBean("dataSource", DataSource.class, () -> small)
                .withUserConfiguration(LightApp.Transactions.class)
                .run(app -> {
                    assertThat(app).hasFailed();
                    FailureAnalysis told = LightApp.diagnose(app.getStartupFailure());
                    assertThat(told.getDescription()).contains("idempotency_record", "could not be migrated");
                    assertThat(told.getAction())
                            .contains("its pool two connections")
                            .contains("idempotency.jdbc.schema=validate");
                });
    }

    @Test
    void migrationsOfTheApplicationFindTheEmptyDatabaseThatTheyExpect() {
        try (RunningApp app = RunningApp.start(
                database,
                Orders.class,
                RunningApp.WITH_FLYWAY_AND_WITHOUT_SECURITY,
                "spring.flyway.locations=classpath:io/idempotency/it/migrations")) {
            assertThat(app.post("/orders", RunningApp.newKey(), "1").statusCode())
                    .isEqualTo(200);
            assertThat(admin.queryForList("SELECT script FROM flyway_schema_history", String.class))
                    .containsExactly("V1__orders.sql");
            assertThat(exists("idempotency_record_history")).isTrue();
        }
    }

    @Test
    void applicationWithoutMigrationsOfItsOwnStartsOnTheSchemaThatItFilled() {
        admin.execute("CREATE TABLE legacy (id bigint)");
        try (RunningApp app = RunningApp.start(
                database,
                Orders.class,
                RunningApp.WITHOUT_SECURITY,
                "spring.sql.init.mode=always",
                "spring.sql.init.schema-locations=classpath:io/idempotency/it/orders.sql")) {
            assertThat(app.post("/orders", RunningApp.newKey(), "1").statusCode())
                    .isEqualTo(200);
            assertThat(exists("flyway_schema_history")).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"validate", "none"})
    void tableMadeByHandFromTheMigrationFileSuffices(String mode) throws IOException {
        admin.execute(migration().replace("${table}", "by_hand").replace("${index}", "by_hand"));

        LightApp.on(database)
                .withPropertyValues("idempotency.jdbc.table=by_hand", "idempotency.jdbc.schema=" + mode)
                .run(app -> {
                    assertThat(app).hasNotFailed();
                    assertThat(exists("by_hand_history")).isFalse();
                });
    }

    @Test
    void tableMadeByMigrationIsValid() {
        LightApp.on(database).run(app -> assertThat(app).hasNotFailed());
        LightApp.on(database).run(app -> assertThat(app).hasNotFailed());
        LightApp.on(database)
                .withPropertyValues("idempotency.jdbc.schema=validate")
                .run(app -> assertThat(app).hasNotFailed());
    }

    @Test
    void twoTablesLiveInOneDatabase() {
        LightApp.on(database).run(app -> assertThat(app).hasNotFailed());
        LightApp.on(database)
                .withPropertyValues("idempotency.jdbc.table=other_record")
                .run(app -> assertThat(app).hasNotFailed());

        assertThat(exists("idempotency_record")).isTrue();
        assertThat(exists("other_record")).isTrue();
    }

    @Test
    void nodesThatStartAtOnceOnAnEmptyDatabaseAllStart() throws Exception {
        int nodes = 3;
        ExecutorService starts = Executors.newFixedThreadPool(nodes);
        CyclicBarrier together = new CyclicBarrier(nodes);
        try {
            for (int round = 0; round < 3; round++) {
                String empty = PostgresUnderTest.newDatabase().url();
                List<Future<?>> started = new ArrayList<>();
                for (int node = 0; node < nodes; node++) {
                    started.add(starts.submit(() -> {
                        together.await(60, TimeUnit.SECONDS);
                        LightApp.on(empty).run(app -> assertThat(app).hasNotFailed());
                        return null;
                    }));
                }
                for (Future<?> start : started) {
                    start.get(90, TimeUnit.SECONDS);
                }
            }
        } finally {
            starts.shutdownNow();
        }
    }

    private String migration() throws IOException {
        try (InputStream file = getClass().getResourceAsStream(MIGRATION)) {
            assertThat(file).isNotNull();
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private boolean exists(String table) {
        return Boolean.TRUE.equals(admin.queryForObject("SELECT to_regclass(?) IS NOT NULL", Boolean.class, table));
    }

    private long count(String table) {
        Long count = admin.queryForObject("SELECT count(*) FROM " + table, Long.class);
        return count == null ? 0 : count;
    }

    @EnableAutoConfiguration
    @RestController
    static class Orders {

        private final JdbcTemplate jdbc;

        Orders(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @PostMapping("/orders")
        @Idempotent
        String order(@RequestBody int amount) {
            return "order "
                    + jdbc.queryForObject("INSERT INTO orders (amount) VALUES (?) RETURNING id", Long.class, amount);
        }

        @PostMapping("/refused")
        @Idempotent
        @Transactional
        public String refused(@RequestBody int amount) {
            order(amount);
            throw new OutOfStockException();
        }
    }

    @ResponseStatus(HttpStatus.CONFLICT)
    static class OutOfStockException extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }
}
