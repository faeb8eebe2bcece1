package io.idempotency.autoconfigure;

import io.idempotency.core.IdempotencyConfigurationException;
import io.idempotency.jdbc.PostgresSchema;
import io.idempotency.jdbc.TableName;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Brings the library's table up to date, in a history table of its own beside the application's. */
final class SchemaMigration {

    private SchemaMigration() {}

    static void run(DataSource dataSource, TableName table) {
        FluentConfiguration configuration = Flyway.configure(SchemaMigration.class.getClassLoader())
                .dataSource(dataSource)
                .locations("classpath:" + PostgresSchema.MIGRATIONS)
                .table(table.simple() + "_history")
                .placeholders(Map.of("table", table.toString(), "index", table.simple()))
                // The schema holds the application's own tables already.
                .baselineOnMigrate(true)
                .baselineVersion("0");
        table.schema().ifPresent(schema -> configuration.schemas(schema).createSchemas(false));
        try {
            configuration.load().migrate();
        } catch (FlywayException e) {
            throw new IdempotencyConfigurationException(
                    "The table " + table + " for idempotency records could not be migrated: " + e.getMessage(),
                    "Give the user of the DataSource the right to create it, or run the files in classpath:"
                            + PostgresSchema.MIGRATIONS
                            + " by other means and set idempotency.jdbc.schema=validate.",
                    e);
        }
    }
}
