package io.idempotency.autoconfigure;

import io.idempotency.jdbc.TableName;

/** Brings the library's table up to date, and leaves Flyway asleep where it is already: loading it takes longer than all the rest. */
final class SchemaMigration {

    private SchemaMigration() {}

    static void run(JdbcResources resources, TableName table) {
        if (!new MigrationHistory(resources.jdbcTemplate()).isComplete(table)) {
            FlywayMigration.run(resources.dataSource(), table);
        }
    }
}
