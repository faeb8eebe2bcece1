package io.idempotency.autoconfigure;

import io.idempotency.autoconfigure.IdempotencyProperties.SchemaMode;
import io.idempotency.core.AbandonedKeys;
import io.idempotency.core.IdempotencyStore;
import io.idempotency.core.InMemoryIdempotencyStore;
import io.idempotency.core.InMemoryTransactions;
import io.idempotency.core.TransactionBoundary;
import io.idempotency.core.TransactionSettings.Isolation;
import io.idempotency.jdbc.JdbcAbandonedKeys;
import io.idempotency.jdbc.JdbcIdempotencyStore;
import io.idempotency.jdbc.PostgresSchema;
import io.idempotency.jdbc.SpringTransactionBoundary;
import io.idempotency.jdbc.TableName;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Provides the store that the application chose. */
final class IdempotencyStoreConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(IdempotencyStoreConfiguration.class);

    private IdempotencyStoreConfiguration() {}

    /** The store in the application's database. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(prefix = "idempotency", name = "store", havingValue = "jdbc", matchIfMissing = true)
    @ConditionalOnMissingBean(IdempotencyStore.class)
    static class JdbcStore {

        /** Runs behind the application's own migrations: they expect the schema as they left it. */
        @Bean
        @DependsOnDatabaseInitialization
        ReadyDatabase idempotencyDatabase(ListableBeanFactory beans, IdempotencyProperties properties) {
            TableName table = TableName.of(properties.jdbc().table());
            JdbcResources resources = JdbcResources.choose(beans, properties.jdbc());
            PostgresSchema schema = new PostgresSchema(resources.jdbcTemplate(), table);
            schema.requirePostgres();
            resources.requireSharedTransaction();
            SchemaMode mode = properties.jdbc().schema();
            if (mode == SchemaMode.MIGRATE) {
                SchemaMigration.run(resources, table);
            } else if (mode == SchemaMode.VALIDATE) {
                schema.requireEverything();
            } else {
                schema.requireTable();
            }
            schema.requireWritable();
            return new ReadyDatabase(resources, table, new ConnectionDefaults(schema.defaultIsolation()));
        }

        @Bean
        IdempotencyStore idempotencyStore(ReadyDatabase database) {
            return new JdbcIdempotencyStore(database.resources().jdbcTemplate(), database.table());
        }

        @Bean
        @ConditionalOnProperty(prefix = "idempotency.abandoned-keys", name = "enabled")
        AbandonedKeys idempotencyAbandonedRecords(ReadyDatabase database) {
            return new JdbcAbandonedKeys(database.resources().jdbcTemplate(), database.table());
        }

        @Bean
        TransactionBoundary idempotencyTransactions(ReadyDatabase database) {
            return new SpringTransactionBoundary(
                    database.resources().transactionManager(),
                    database.defaults().isolation());
        }

        @Bean
        ConnectionDefaults idempotencyConnectionDefaults(ReadyDatabase database) {
            return database.defaults();
        }
    }

    /** The store in memory: only when said. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(prefix = "idempotency", name = "store", havingValue = "memory")
    @ConditionalOnMissingBean(IdempotencyStore.class)
    static class MemoryStore {

        @Bean
        InMemoryTransactions idempotencyTransactions() {
            LOG.warn(
                    "Idempotency records are kept in memory (idempotency.store=memory): they are lost when this process ends, other"
                            + " nodes do not see them, and what a failed handler did is not undone.");
            return new InMemoryTransactions();
        }

        @Bean
        InMemoryIdempotencyStore idempotencyStore(InMemoryTransactions transactions) {
            return new InMemoryIdempotencyStore(transactions, InstantSource.system());
        }
    }

    /** The database after everything that the store needs was looked at. */
    record ReadyDatabase(JdbcResources resources, TableName table, ConnectionDefaults defaults) {}

    /** What a connection does if nobody asks for anything else. */
    record ConnectionDefaults(Isolation isolation) {}
}
