package io.idempotency.jdbc;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/** What an exception's SQLState says, wherever in its chain of causes it stands. */
final class SqlStates {

    static final String IN_FAILED_TRANSACTION = "25P02";

    private static final Set<String> CONFLICTS = Set.of("40001", "40P01");

    /** Transaction rollback, connection exception, insufficient resources, operator intervention (PostgreSQL, appendix A). */
    private static final Set<String> HEALED_BY_RETRY = Set.of("40", "08", "53", "57");

    private static final int CLASS_LENGTH = 2;

    private SqlStates() {}

    static boolean isConflict(Throwable error) {
        return find(error).filter(CONFLICTS::contains).isPresent();
    }

    static boolean isFailedTransaction(Throwable error) {
        return find(error).filter(IN_FAILED_TRANSACTION::equals).isPresent();
    }

    static boolean isHealedByRetry(Throwable error) {
        return find(error)
                .filter(state -> HEALED_BY_RETRY.contains(state.substring(0, CLASS_LENGTH)))
                .isPresent();
    }

    private static Optional<String> find(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql
                    && sql.getSQLState() != null
                    && sql.getSQLState().length() > CLASS_LENGTH) {
                return Optional.of(sql.getSQLState());
            }
        }
        return Optional.empty();
    }
}
