package io.idempotency.autoconfigure;

import io.idempotency.core.IdempotencyConfigurationException;
import io.idempotency.jdbc.PostgresSchema;
import io.idempotency.jdbc.TableName;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Lets Flyway run the library's migrations, with a history table of their own beside the application's. */
final class FlywayMigration {

    private static final int ATTEMPTS = 5;
    private static final Duration PAUSE = Duration.ofMillis(200);

    private FlywayMigration() {}

    static void run(DataSource dataSource, TableName table) {
        FluentConfiguration configuration = Flyway.configure(FlywayMigration.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:" + PostgresSchema.MIGRATIONS)
                .failOnMissingLocations(true)
                .table(MigrationHistory.nameFor(table))
                .placeholders(Map.of("table", table.toString(), "index", table.simple()))
                // The schema holds the application's own tables already.
                .baselineOnMigrate(true)
                .baselineVersion("0");
        table.schema().ifPresent(schema -> configuration.schemas(schema).createSchemas(false));
        for (int attempt = 1; ; attempt++) {
            try {
                configuration.load().migrate();
                return;
            } catch (FlywayException e) {
                if (attempt == ATTEMPTS || !begunElsewhere(dataSource, table) || !paused()) {
                    throw failed(table, e);
                }
            }
        }
    }

    /** Flyway's lock does not cover the baseline: of nodes that start at once on an empty database, some find it half made. */
    private static boolean begunElsewhere(DataSource dataSource, TableName table) {
        String history = table.schema().map(schema -> schema + ".").orElse("") + MigrationHistory.nameFor(table);
        try {
            return Boolean.TRUE.equals(new JdbcTemplate(dataSource)
                    .queryForObject("SELECT to_regclass(?) IS NOT NULL", Boolean.class, history));
        } catch (DataAccessException e) {
            return false;
        }
    }

    private static boolean paused() {
        try {
            Thread.sleep(PAUSE.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static IdempotencyConfigurationException failed(TableName table, FlywayException e) {
        return new IdempotencyConfigurationException(
                "The table " + table + " for idempotency records could not be migrated: " + e.getMessage(),
                "Give the user of the DataSource the right to create it and its pool two connections, which Flyway holds at"
                        + " once, or run the files in classpath:"
                        + PostgresSchema.MIGRATIONS
                        + " by other means and set idempotency.jdbc.schema=validate. If these files cannot be found, pack the"
                        + " application so that its jars keep their entries for directories.",
                e);
    }
}
