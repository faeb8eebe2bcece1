package io.idempotency.campaign.node;

import io.idempotency.IdempotencyContext;
import io.idempotency.campaign.history.Subject;
import java.util.Objects;
import java.util.UUID;
import java.util.function.IntFunction;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What the endpoints have in common: word to the campaign of every handler that runs, and the booking inside of it. */
final class Payments {

    private final Ledger ledger;
    private final JdbcTemplate jdbc;
    private final Control control;

    Payments(Ledger ledger, JdbcTemplate jdbc, Control control) {
        this.ledger = ledger;
        this.jdbc = jdbc;
        this.control = control;
    }

    ResponseEntity<Receipt> inTransaction(String body) {
        String execution = UUID.randomUUID().toString();
        return told(execution, body, attempt -> ledger.book(execution, body, attempt));
    }

    ResponseEntity<Receipt> underLease(String body, IdempotencyContext context) {
        String execution = UUID.randomUUID().toString();
        return told(execution, body, attempt -> {
            Subject subject = subject();
            control.ask(Wire.PROVIDE, execution, subject.principal(), subject.key(), context.childKey("charge"));
            Course.reach(Failpoint.UNDER_LEASE);
            return context.completeInTransaction(() -> ledger.book(execution, body, attempt));
        });
    }

    private ResponseEntity<Receipt> told(String execution, String body, IntFunction<ResponseEntity<Receipt>> handler) {
        Course course = Objects.requireNonNull(Course.current());
        Subject subject = course.subject();
        course.executes(execution, body);
        String attempt =
                control.ask(Wire.ENTER, execution, subject.principal(), subject.key(), course.request(), backend());
        try {
            return handler.apply(Integer.parseInt(attempt));
        } finally {
            control.ask(Wire.LEAVE, execution, subject.principal(), subject.key());
        }
    }

    private static Subject subject() {
        return Objects.requireNonNull(Course.current()).subject();
    }

    /** The server's process whose transaction protects the handler; 0 if it is a lease. */
    private int backend() {
        return TransactionSynchronizationManager.isActualTransactionActive()
                ? Objects.requireNonNull(jdbc.queryForObject("SELECT pg_backend_pid()", Integer.class))
                : 0;
    }
}
