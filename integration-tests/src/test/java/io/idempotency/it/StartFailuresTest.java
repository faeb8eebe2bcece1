package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.idempotency.Idempotent;
import io.idempotency.autoconfigure.IdempotencyProperties;
import io.idempotency.jdbc.testing.PostgresUnderTest;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What cannot work fails the start, and Boot tells what it is and what to do. */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class StartFailuresTest {

    private static String database;
    private static String otherDatabase;

    @BeforeAll
    static void createDatabases() {
        database = PostgresUnderTest.newDatabase().url();
        otherDatabase = PostgresUnderTest.newDatabase().url();
    }

    @Test
    void failedStartIsToldAsBootTellsItsOwn(CapturedOutput output) {
        Throwable failure = catchThrowable(() ->
                RunningApp.start(Secured.class, "idempotency.filter.order=-200").close());

        assertThat(failure).isNotNull();
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("idempotency.filter.order is -200, before Spring Security's filter at -100")
                .contains("Set idempotency.filter.order to more than -100.");
    }

    @Test
    void missingDataSourceIsToldAndNeverReplacedByMemory() {
        FailureAnalysis told = failureOf(LightApp.runner());

        assertThat(told.getDescription()).contains("There is no DataSource");
        assertThat(told.getAction()).contains("spring.datasource.url").contains("idempotency.store=memory");
    }

    @Test
    void missingTransactionManagerIsTold() {
        FailureAnalysis told =
                failureOf(LightApp.runner().withBean(DataSource.class, () -> new DriverManagerDataSource(database)));

        assertThat(told.getDescription()).contains("There is no PlatformTransactionManager");
    }

    @Test
    void databaseOtherThanPostgresIsToldByItsName() {
        FailureAnalysis told = failureOf(LightApp.on("jdbc:h2:mem:shop"));

        assertThat(told.getDescription()).contains("H2").contains("not PostgreSQL");
        assertThat(told.getAction()).contains("idempotency.jdbc.data-source").contains("idempotency.store=memory");
    }

    @Test
    void severalDataSourcesNeedChoice() {
        FailureAnalysis told = failureOf(LightApp.runner().withUserConfiguration(TwoDatabases.class));

        assertThat(told.getDescription()).contains("several", "DataSource", "orders", "reports");
        assertThat(told.getAction()).contains("idempotency.jdbc.data-source");
    }

    @Test
    void severalTransactionManagersNeedChoice() {
        FailureAnalysis told = failureOf(LightApp.runner()
                .withUserConfiguration(TwoDatabases.class)
                .withPropertyValues("idempotency.jdbc.data-source=orders"));

        assertThat(told.getDescription())
                .contains("several", "PlatformTransactionManager", "ordersTransactions", "reportsTransactions");
        assertThat(told.getAction()).contains("idempotency.jdbc.transaction-manager");
    }

    @Test
    void chosenPairKeepsTheRecords() {
        LightApp.runner()
                .withUserConfiguration(TwoDatabases.class)
                .withPropertyValues(
                        "idempotency.jdbc.data-source=reports",
                        "idempotency.jdbc.transaction-manager=reportsTransactions",
                        "idempotency.jdbc.table=chosen")
                .run(app -> {
                    assertThat(app).hasNotFailed();
                    assertThat(tableOf("chosen", otherDatabase)).isTrue();
                    assertThat(tableOf("chosen", database)).isFalse();
                });
    }

    @Test
    void primaryBeansAreChosenWithoutWords() {
        LightApp.runner()
                .withUserConfiguration(PrimaryAndOther.class)
                .withPropertyValues("idempotency.jdbc.table=of_primary")
                .run(app -> {
                    assertThat(app).hasNotFailed();
                    assertThat(tableOf("of_primary", database)).isTrue();
                });
    }

    @ParameterizedTest
    @CsvSource({
        "idempotency.jdbc.data-source, orders, reports",
        "idempotency.jdbc.transaction-manager, ordersTransactions, reportsTransactions"
    })
    void choiceOfMissingBeanIsToldWithThoseThatThereAre(String property, String one, String other) {
        FailureAnalysis told = failureOf(LightApp.runner()
                .withUserConfiguration(TwoDatabases.class)
                .withPropertyValues(
                        "idempotency.jdbc.data-source=orders",
                        "idempotency.jdbc.transaction-manager=ordersTransactions",
                        property + "=billing"));

        assertThat(told.getDescription()).contains(property + " is 'billing'");
        assertThat(told.getAction()).contains(one, other);
    }

    @Test
    void transactionManagerOfAnotherDataSourceIsTold() {
        FailureAnalysis told = failureOf(LightApp.runner()
                .withUserConfiguration(TwoDatabases.class)
                .withPropertyValues(
                        "idempotency.jdbc.data-source=orders",
                        "idempotency.jdbc.transaction-manager=reportsTransactions"));

        assertThat(told.getDescription())
                .contains("JdbcTransactionManager")
                .contains("does not manage the DataSource")
                .contains("would not commit together");
        assertThat(told.getAction()).contains("a pair that belongs together");
    }

    @ParameterizedTest
    @CsvSource({"validate", "none"})
    void missingTableIsToldWithTheFileToRun(String mode) {
        FailureAnalysis told = failureOf(LightApp.on(database)
                .withPropertyValues("idempotency.jdbc.schema=" + mode, "idempotency.jdbc.table=shop.idem"));

        assertThat(told.getDescription()).contains("shop.idem").contains("missing");
        assertThat(told.getAction())
                .contains("io/idempotency/jdbc/migration/V1__idempotency_record.sql")
                .contains("${table} replaced by shop.idem and ${index} by idem")
                .contains("idempotency.jdbc.schema=migrate");
        assertThat(getClass().getResource("/io/idempotency/jdbc/migration/V1__idempotency_record.sql"))
                .isNotNull();
    }

    @Test
    void incompleteTableIsToldIfItIsToBeValidated() {
        new JdbcTemplate(new DriverManagerDataSource(database)).execute("CREATE TABLE half (record_key bytea)");

        FailureAnalysis told = failureOf(LightApp.on(database)
                .withPropertyValues("idempotency.jdbc.schema=validate", "idempotency.jdbc.table=half"));

        assertThat(told.getDescription()).contains("half").contains("incomplete");
    }

    @Test
    void missingFunctionIsToldIfItIsToBeValidated() {
        new JdbcTemplate(new DriverManagerDataSource(database)).execute("""
                CREATE TABLE bare (record_key uuid, claim_token uuid, completed_at timestamptz, expires_at timestamptz,
                                   fingerprint bytea, response bytea)
                """);

        FailureAnalysis told = failureOf(LightApp.on(database)
                .withPropertyValues("idempotency.jdbc.schema=validate", "idempotency.jdbc.table=bare"));

        assertThat(told.getDescription()).contains("function bare_claim").contains("missing");
        assertThat(told.getAction()).contains("V1__idempotency_record.sql");
    }

    @ParameterizedTest
    @CsvSource({"validate", "none"})
    void missingPrivilegeIsToldBeforeAnyHandlerRuns(String mode) {
        LightApp.on(database)
                .withPropertyValues("idempotency.jdbc.table=granted_" + mode)
                .run(app -> assertThat(app).hasNotFailed());
        String role = "reader_" + UUID.randomUUID().toString().replace('-', '_');
        JdbcTemplate admin = new JdbcTemplate(new DriverManagerDataSource(database));
        admin.execute("CREATE ROLE " + role);
        admin.execute("GRANT SELECT, DELETE ON granted_" + mode + " TO " + role);

        FailureAnalysis told = failureOf(LightApp.on(withSetting("role", role))
                .withPropertyValues("idempotency.jdbc.schema=" + mode, "idempotency.jdbc.table=granted_" + mode));

        assertThat(told.getDescription()).contains("granted_" + mode).contains("INSERT, UPDATE is missing");
        assertThat(told.getAction()).contains("GRANT INSERT, UPDATE ON granted_" + mode);
    }

    @Test
    void readOnlyDatabaseIsToldBeforeAnyHandlerRuns() {
        LightApp.on(database).run(app -> assertThat(app).hasNotFailed());

        FailureAnalysis told = failureOf(LightApp.on(withSetting("default_transaction_read_only", "on"))
                .withPropertyValues("idempotency.jdbc.schema=validate"));

        assertThat(told.getDescription()).contains("read-only");
        assertThat(told.getAction()).contains("targetServerType=primary");
    }

    private static String withSetting(String name, String value) {
        return database + (database.contains("?") ? "&" : "?") + "options=-c%20" + name + "%3D" + value;
    }

    @ParameterizedTest
    @CsvSource({"migrate", "validate"})
    void unreachableDatabaseFailsTheStart(String mode) {
        LightApp.on(database.replaceFirst("/[^/?]*(\\?|$)", "/nowhere$1"))
                .withPropertyValues("idempotency.jdbc.schema=" + mode)
                .run(app -> assertThat(app).hasFailed());
    }

    @ParameterizedTest
    @CsvSource({
        "idempotency.retention, -1h, PT-1H",
        "idempotency.retention, 0s, PT0S",
        "idempotency.retention, soon, soon",
        "idempotency.key.header, Idempotency Key, 'Idempotency Key'",
        "idempotency.replay-header, Replayed:, 'Replayed:'",
        "idempotency.response.replay-headers, 'Location,X(1)', 'X(1)'",
        "idempotency.response.replay-headers, 'Location,Set-Cookie', 'Set-Cookie'",
        "idempotency.response.replay-headers, transfer-encoding, transfer-encoding",
        "idempotency.response.replay-headers, Access-Control-Allow-Origin, Access-Control-Allow-Origin",
        "idempotency.response.release-statuses, '5xx,teapot', 'teapot'",
        "idempotency.response.max-body-size, 300MB, 314572800B",
        "idempotency.request.max-body-size, 3GB, 3221225472B",
        "idempotency.request.max-body-size, -1B, -1B",
        "idempotency.in-progress.wait, -1s, PT-1S",
        "idempotency.in-progress.retry-after, -1s, PT-1S",
        "idempotency.purge.interval, 0s, PT0S",
        "idempotency.purge.interval, 110000d, PT2640000H",
        "idempotency.purge.batch-size, 0, 0",
        "idempotency.recent-completions.max-size, 0B, 0B",
        "idempotency.recent-completions.max-size, 63KB, 64512B",
        "idempotency.recent-completions.max-age, 0s, PT0S",
        "idempotency.recent-completions.max-age, -1s, PT-1S",
        "idempotency.recent-completions.max-age, 61m, PT1H1M",
        "idempotency.lease.duration, 2s, PT2S",
        "idempotency.lease.duration, -1s, PT-1S",
        "idempotency.lease.duration, 11m, PT11M",
        "idempotency.lease.duration, long, long",
        "idempotency.lease.max-lifetime, 2s, PT2S",
        "idempotency.lease.max-lifetime, 36501d, PT876024H",
        "idempotency.lease.renewal-interval, 0s, PT0S",
        "idempotency.lease.renewal-interval, -1s, PT-1S",
        "idempotency.lease.renewal-interval, 61m, PT1H1M",
        "idempotency.lease.on-takeover, perhaps, perhaps",
        "idempotency.abandoned-keys.enabled, perhaps, perhaps",
        "idempotency.scope.anonymous, perhaps, perhaps",
        "idempotency.store, redis, redis",
        "idempotency.jdbc.schema, create, create",
        "idempotency.filter.order, early, early",
    })
    void unusableValueIsToldByTheNameOfTheProperty(String property, String value, String detail) {
        FailureAnalysis told = failureOf(LightApp.runner()
                .withPropertyValues(
                        property.equals("idempotency.store") ? "idempotency.enabled=true" : LightApp.MEMORY,
                        property + "=" + value));

        assertThat(told.getDescription()).contains(property).contains(detail);
        assertThat(told.getAction()).isNotBlank();
    }

    @Test
    void leaseThatCannotBeRenewedInTimeIsToldWithWhatBoundsIt() {
        FailureAnalysis told = failureOf(LightApp.runner()
                .withPropertyValues(
                        LightApp.MEMORY, "idempotency.lease.renewal-interval=10s", "idempotency.lease.duration=29s"));

        assertThat(told.getDescription()).contains("idempotency.lease.duration is PT29S");
        assertThat(told.getAction())
                .contains("between PT30S, three times idempotency.lease.renewal-interval,")
                .contains("and PT10M, which is idempotency.lease.max-lifetime");
    }

    @ParameterizedTest
    @CsvSource({"Payment-Records", "a.b.c", "idempotency record", "drop table x;--"})
    void unusableNameOfTheTableIsTold(String name) {
        FailureAnalysis told = failureOf(LightApp.on(database).withPropertyValues("idempotency.jdbc.table=" + name));

        assertThat(told.getDescription()).contains("'" + name + "'");
        assertThat(told.getAction()).contains("idempotency.jdbc.table");
    }

    @ParameterizedTest
    @CsvSource({
        "retentoin",
        "jdbc.tabel",
        "purge.batchsizes",
        "in-progress.waits",
        "recent-completions.size",
        "lease.durations"
    })
    void misspelledPropertyIsToldByItsName(String name) {
        FailureAnalysis told =
                failureOf(LightApp.runner().withPropertyValues(LightApp.MEMORY, "idempotency." + name + "=1h"));

        assertThat(told.getDescription()).contains("idempotency." + name);
    }

    @Test
    void switchedOffLibraryLeavesEverythingAlone() {
        String untouched = PostgresUnderTest.newDatabase().url();

        LightApp.on(untouched)
                .withUserConfiguration(Payments.class)
                .withPropertyValues("idempotency.enabled=false")
                .run(app -> {
                    assertThat(app).hasNotFailed();
                    assertThat(app.getBeanDefinitionNames()).noneMatch(name -> name.contains("dempotency"));
                    assertThat(tableOf("idempotency_record", untouched)).isFalse();
                });
    }

    @Test
    void severalMeterRegistriesOfWhichNoneIsPrimaryDoNotFailTheStart() {
        LightApp.runner()
                .withConfiguration(AutoConfigurations.of(ClassUtils.resolveClassName(
                        "io.idempotency.autoconfigure.IdempotencyMetricsAutoConfiguration",
                        IdempotencyProperties.class.getClassLoader())))
                .withBean("one", MeterRegistry.class, SimpleMeterRegistry::new)
                .withBean("other", MeterRegistry.class, SimpleMeterRegistry::new)
                .withPropertyValues(LightApp.MEMORY)
                .run(app -> assertThat(app).hasNotFailed());
    }

    @Test
    void memoryIsUsedWhenSaidAndSaysWhatItIs(CapturedOutput output) {
        LightApp.runner()
                .withUserConfiguration(Payments.class)
                .withPropertyValues(LightApp.MEMORY)
                .run(guarded(client -> {
                    assertThat(pay(client)).isEqualTo("paid 1 null");
                    assertThat(pay(client)).isEqualTo("paid 1 true");
                }));

        assertThat(output)
                .contains("kept in memory (idempotency.store=memory)")
                .contains("lost when this process ends");
    }

    private interface Use {
        void with(MockMvc client) throws Exception;
    }

    private static ContextConsumer<AssertableWebApplicationContext> guarded(Use use) {
        return app -> {
            assertThat(app).hasNotFailed();
            FilterRegistrationBean<?> filter = app.getBean("idempotencyFilter", FilterRegistrationBean.class);
            DefaultMockMvcBuilder client =
                    MockMvcBuilders.webAppContextSetup(app).addFilters(filter.getFilter());
            use.with(client.build());
        };
    }

    private static String pay(MockMvc client) throws Exception {
        var answer = client.perform(MockMvcRequestBuilders.post("/payments").header(RunningApp.KEY, "one"))
                .andReturn()
                .getResponse();
        return answer.getContentAsString() + " " + answer.getHeader(RunningApp.REPLAYED);
    }

    private static FailureAnalysis failureOf(WebApplicationContextRunner runner) {
        FailureAnalysis[] told = new FailureAnalysis[1];
        runner.run(app -> {
            assertThat(app).hasFailed();
            told[0] = LightApp.diagnose(app.getStartupFailure());
        });
        return told[0];
    }

    private static boolean tableOf(String name, String url) {
        return Boolean.TRUE.equals(new JdbcTemplate(new DriverManagerDataSource(url))
                .queryForObject("SELECT to_regclass(?) IS NOT NULL", Boolean.class, name));
    }

    @EnableAutoConfiguration
    static class Secured {}

    @RestController
    static class Payments {

        private int count;

        @PostMapping("/payments")
        @Idempotent
        String pay() {
            count++;
            return "paid " + count;
        }
    }

    static class TwoDatabases {

        @Bean
        DataSource orders() {
            return new DriverManagerDataSource(database);
        }

        @Bean
        DataSource reports() {
            return new DriverManagerDataSource(otherDatabase);
        }

        @Bean
        PlatformTransactionManager ordersTransactions(DataSource orders) {
            return new JdbcTransactionManager(orders);
        }

        @Bean
        PlatformTransactionManager reportsTransactions(DataSource reports) {
            return new JdbcTransactionManager(reports);
        }
    }

    static class PrimaryAndOther {

        @Bean
        @Primary
        DataSource orders() {
            return new DriverManagerDataSource(database);
        }

        @Bean
        DataSource reports() {
            return new DriverManagerDataSource(otherDatabase);
        }

        @Bean
        PlatformTransactionManager ordersTransactions(DataSource orders) {
            return new JdbcTransactionManager(orders);
        }
    }
}
