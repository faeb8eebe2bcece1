package io.idempotency.autoconfigure;

import io.idempotency.autoconfigure.IdempotencyProperties.Jdbc;
import io.idempotency.core.IdempotencyConfigurationException;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The {@code DataSource} and the transaction manager that business and store share.
 *
 * @param dataSource where the table is
 * @param transactionManager whose transactions the store's statements join
 */
record JdbcResources(DataSource dataSource, PlatformTransactionManager transactionManager) {

    /** Chooses by name, or takes what is unique. */
    static JdbcResources choose(ListableBeanFactory beans, Jdbc properties) {
        DataSource dataSource =
                choose(beans, DataSource.class, properties.dataSource(), "idempotency.jdbc.data-source");
        PlatformTransactionManager manager = choose(
                beans,
                PlatformTransactionManager.class,
                properties.transactionManager(),
                "idempotency.jdbc.transaction-manager");
        DataSource target = dataSource;
        while (target instanceof TransactionAwareDataSourceProxy proxy && proxy.getTargetDataSource() != null) {
            target = proxy.getTargetDataSource();
        }
        return new JdbcResources(target, manager);
    }

    private static <T> T choose(ListableBeanFactory beans, Class<T> type, @Nullable String name, String property) {
        String[] candidates = beans.getBeanNamesForType(type);
        if (name != null) {
            return named(() -> beans.getBean(name, type), type, name, property, candidates);
        }
        T unique = beans.getBeanProvider(type).getIfUnique();
        if (unique != null) {
            return unique;
        }
        if (candidates.length == 0) {
            throw new IdempotencyConfigurationException(
                    "There is no " + type.getSimpleName() + " to keep idempotency records with.",
                    "Configure a PostgreSQL DataSource (spring.datasource.url, with spring-boot-starter-jdbc or -data-jpa on the class"
                            + " path), or set idempotency.store=memory for a test or a demonstration.");
        }
        throw new IdempotencyConfigurationException(
                "There are several beans of type " + type.getSimpleName() + " and none is primary: "
                        + String.join(", ", candidates) + ".",
                "Set " + property + " to the one that the guarded business uses.");
    }

    private static <T> T named(Supplier<T> bean, Class<T> type, String name, String property, String[] candidates) {
        try {
            return bean.get();
        } catch (NoSuchBeanDefinitionException e) {
            throw new IdempotencyConfigurationException(
                    property + " is '" + name + "', but there is no such bean of type " + type.getSimpleName() + ".",
                    "Set it to one of: " + Arrays.toString(candidates) + ".",
                    e);
        }
    }

    JdbcTemplate jdbcTemplate() {
        return new JdbcTemplate(dataSource);
    }

    /**
     * Looks whether a statement of the store really takes part in a transaction of the manager. Spring cannot tell: with any
     * manager's transaction it keeps a connection until the end and calls it transactional. The database knows what became of it.
     */
    void requireSharedTransaction() {
        if (!"committed".equals(fateOfStatement(false)) || !"aborted".equals(fateOfStatement(true))) {
            throw new IdempotencyConfigurationException(
                    "The transaction manager " + transactionManager.getClass().getName()
                            + " does not manage the DataSource for idempotency records, so that claim and effect would not commit"
                            + " together.",
                    "Set idempotency.jdbc.data-source and idempotency.jdbc.transaction-manager to a pair that belongs together.");
        }
    }

    private @Nullable String fateOfStatement(boolean rolledBack) {
        JdbcTemplate jdbc = jdbcTemplate();
        String transaction = new TransactionTemplate(transactionManager).execute(status -> {
            if (rolledBack) {
                status.setRollbackOnly();
            }
            return Objects.requireNonNull(jdbc.queryForObject("SELECT pg_current_xact_id()::text", String.class));
        });
        return jdbc.queryForObject("SELECT pg_xact_status(?::xid8)", String.class, transaction);
    }
}
