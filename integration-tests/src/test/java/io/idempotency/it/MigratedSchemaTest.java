package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.idempotency.jdbc.testing.PostgresUnderTest;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Starts on a schema that is migrated already. Flyway holds two connections at once, so that an application with a single one starts
 * only where Flyway is not asked.
 */
@Timeout(120)
class MigratedSchemaTest {

    private static final String HISTORY = "idempotency_record_history";

    private final String database = PostgresUnderTest.newDatabase().url();
    private final JdbcTemplate admin = new JdbcTemplate(new DriverManagerDataSource(database));

    @Test
    void upToDateTableIsLeftAloneWithoutAskingFlyway() {
        start(database);

        assertFlywayIsNotAsked(database);
        assertThat(admin.queryForObject("SELECT count(*) FROM " + HISTORY, Integer.class))
                .isEqualTo(1);
    }

    @Test
    void entryForWhatWasInTheSchemaBeforeDoesNotMatter() {
        admin.execute("CREATE TABLE orders (id bigint)");
        start(database);

        assertFlywayIsNotAsked(database);
        assertThat(admin.queryForList("SELECT version FROM " + HISTORY, String.class))
                .containsExactlyInAnyOrder("0", "1");
    }

    @Test
    void tableInASchemaWhoseNameNeedsQuotesIsRecognised() {
        admin.execute("CREATE SCHEMA \"order\"");
        String own = database + (database.contains("?") ? "&" : "?") + "currentSchema=order";
        start(own);

        assertFlywayIsNotAsked(own);
        assertFlywayIsAsked(database);
    }

    @Test
    void namedSchemaIsRecognised() {
        admin.execute("CREATE SCHEMA records");
        LightApp.on(database)
                .withPropertyValues("idempotency.jdbc.table=records.of_keys")
                .run(app -> assertThat(app).hasNotFailed());

        withOneConnection(database)
                .withPropertyValues("idempotency.jdbc.table=records.of_keys")
                .run(app -> assertThat(app).hasNotFailed());
    }

    @Test
    void historyFurtherDownTheSearchPathIsSomebodyElses() {
        start(database);
        admin.execute("CREATE SCHEMA own");
        String own = database + (database.contains("?") ? "&" : "?") + "currentSchema=own,public";

        assertFlywayIsAsked(own);
        start(own);
        assertThat(admin.queryForObject("SELECT to_regclass('own.idempotency_record') IS NOT NULL", Boolean.class))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "checksum = checksum + 1 | checksum mismatch",
                "success = false         | failed migration",
                "description = 'other'   | description mismatch",
                "type = 'JDBC'           | already exists"
            })
    void entryThatTellsOfSomethingElseIsRefusedByName(String change, String told) {
        start(database);
        admin.execute("UPDATE " + HISTORY + " SET " + change + " WHERE version = '1'");

        LightApp.on(database)
                .run(app -> assertThat(
                                LightApp.diagnose(app.getStartupFailure()).getDescription())
                        .contains("idempotency_record", "could not be migrated")
                        .containsIgnoringCase(told));
    }

    @Test
    void entryOfANewerReleaseIsFlywaysToJudge() {
        start(database);
        admin.execute("INSERT INTO " + HISTORY + " SELECT 2, '2', 'newer', type, 'V2__newer.sql', 0, installed_by,"
                + " installed_on, execution_time, true FROM " + HISTORY + " WHERE version = '1'");

        assertFlywayIsAsked(database);
        start(database);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE FROM " + HISTORY, "DROP TABLE idempotency_record, " + HISTORY})
    void withoutItsEntryTheMigrationIsFlywaysToRun(String loss) {
        start(database);
        admin.execute(loss);

        assertFlywayIsAsked(database);
    }

    private static void start(String url) {
        LightApp.on(url).run(app -> assertThat(app).hasNotFailed());
    }

    private static void assertFlywayIsNotAsked(String url) {
        withOneConnection(url).run(app -> assertThat(app).hasNotFailed());
    }

    private static void assertFlywayIsAsked(String url) {
        withOneConnection(url).run(app -> assertThat(app).getFailure().hasStackTraceContaining("org.flywaydb"));
    }

    private static WebApplicationContextRunner withOneConnection(String url) {
        HikariDataSource single = LightApp.dataSource(url);
        single.setMaximumPoolSize(1);
        single.setConnectionTimeout(500);
        return LightApp.runner()
                .withBean("dataSource", DataSource.class, () -> single)
                .withUserConfiguration(LightApp.Transactions.class);
    }
}
