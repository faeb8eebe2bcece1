package io.idempotency.servlet;

import io.idempotency.core.TransactionSettings;
import org.springframework.transaction.annotation.Isolation;

/** Spring's isolation levels as PostgreSQL has them: it has no READ UNCOMMITTED. */
final class IsolationLevels {

    private IsolationLevels() {}

    static TransactionSettings.Isolation of(Isolation isolation) {
        return switch (isolation) {
            case DEFAULT -> TransactionSettings.Isolation.DEFAULT;
            case READ_UNCOMMITTED, READ_COMMITTED -> TransactionSettings.Isolation.READ_COMMITTED;
            case REPEATABLE_READ -> TransactionSettings.Isolation.REPEATABLE_READ;
            case SERIALIZABLE -> TransactionSettings.Isolation.SERIALIZABLE;
        };
    }
}
