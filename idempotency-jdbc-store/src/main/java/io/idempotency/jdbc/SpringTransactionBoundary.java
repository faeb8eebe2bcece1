package io.idempotency.jdbc;

import io.idempotency.core.CommitResult;
import io.idempotency.core.OpenTransaction;
import io.idempotency.core.StoreUnavailableException;
import io.idempotency.core.TransactionBoundary;
import io.idempotency.core.TransactionSettings;
import io.idempotency.core.TransactionSettings.Isolation;
import org.springframework.transaction.InvalidIsolationLevelException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/**
 * Transactions of a {@link PlatformTransactionManager}: what is {@code @Transactional} inside joins them. Thread-safe.
 *
 * <p>A transaction is always a new one: the answer may leave after its commit only if that commit is real.
 */
public final class SpringTransactionBoundary implements TransactionBoundary {

    private final PlatformTransactionManager manager;
    private final Isolation unasked;

    /**
     * Begins transactions with a manager that sets whatever isolation it is asked for.
     *
     * @param manager the manager of the {@code DataSource} that business and store share
     */
    public SpringTransactionBoundary(PlatformTransactionManager manager) {
        this(manager, Isolation.DEFAULT);
    }

    /**
     * Begins transactions with a manager that perhaps sets no isolation.
     *
     * @param manager the manager of the {@code DataSource} that business and store share
     * @param unasked the isolation that its connections have where nobody asks for any
     */
    public SpringTransactionBoundary(PlatformTransactionManager manager, Isolation unasked) {
        this.manager = manager;
        this.unasked = unasked;
    }

    @Override
    public OpenTransaction begin(TransactionSettings settings) {
        try {
            return new SpringTransaction(started(settings));
        } catch (RuntimeException e) {
            // JPA raises other exceptions than TransactionException where no connection can be had.
            throw new StoreUnavailableException("No transaction could be begun.", e);
        }
    }

    /** JTA sets no isolation, nor does Hibernate where it gives connections back early: what is there anyway need not be set. */
    private TransactionStatus started(TransactionSettings settings) {
        try {
            return manager.getTransaction(definition(settings));
        } catch (InvalidIsolationLevelException e) {
            if (settings.isolation() != unasked) {
                throw e;
            }
            return manager.getTransaction(definition(new TransactionSettings(Isolation.DEFAULT, settings.timeout())));
        }
    }

    private static TransactionDefinition definition(TransactionSettings settings) {
        DefaultTransactionDefinition definition =
                new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        definition.setName("idempotency");
        definition.setIsolationLevel(
                switch (settings.isolation()) {
                    case DEFAULT -> TransactionDefinition.ISOLATION_DEFAULT;
                    case READ_COMMITTED -> TransactionDefinition.ISOLATION_READ_COMMITTED;
                    case REPEATABLE_READ -> TransactionDefinition.ISOLATION_REPEATABLE_READ;
                    case SERIALIZABLE -> TransactionDefinition.ISOLATION_SERIALIZABLE;
                });
        if (settings.timeout() != null) {
            definition.setTimeout(Math.toIntExact(settings.timeout().toSeconds()));
        }
        return definition;
    }

    private final class SpringTransaction implements OpenTransaction {

        private final TransactionStatus status;

        SpringTransaction(TransactionStatus status) {
            this.status = status;
        }

        @Override
        public boolean isRollbackOnly() {
            return status.isRollbackOnly();
        }

        @Override
        public void setRollbackOnly() {
            status.setRollbackOnly();
        }

        @Override
        public void flush() {
            status.flush();
        }

        @Override
        public CommitResult commit() {
            if (status.isRollbackOnly()) {
                // Spring would roll back in silence.
                rollback();
                return new CommitResult.Failed(
                        new UnexpectedRollbackException("The transaction was marked rollback-only."), false);
            }
            try {
                manager.commit(status);
                return new CommitResult.Committed();
            } catch (RuntimeException | Error e) {
                return new CommitResult.Failed(e, SqlStates.isHealedByRetry(e));
            }
        }

        @Override
        public void rollback() {
            try {
                manager.rollback(status);
            } catch (RuntimeException e) {
                // The connection is gone, the database rolls back by itself, and the pool reports the connection.
            }
        }
    }
}
