package io.idempotency.jdbc;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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

    /** A pool raises errors without a state where a connection is gone; errors of the application have no {@link SQLException}. */
    static boolean isHealedByRetry(Throwable error) {
        return find(error)
                .map(state -> HEALED_BY_RETRY.contains(state.substring(0, CLASS_LENGTH)))
                .orElseGet(() -> causes(error).anyMatch(SQLException.class::isInstance));
    }

    private static Optional<String> find(Throwable error) {
        return causes(error)
                .filter(SQLException.class::isInstance)
                .map(cause -> ((SQLException) cause).getSQLState())
                .filter(state -> state != null && state.length() > CLASS_LENGTH)
                .findFirst();
    }

    private static Stream<Throwable> causes(Throwable error) {
        return Stream.iterate(error, Objects::nonNull, Throwable::getCause);
    }
}
