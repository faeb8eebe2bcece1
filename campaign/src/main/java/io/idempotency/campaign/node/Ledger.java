package io.idempotency.campaign.node;

import io.idempotency.campaign.history.Subject;
import java.util.Objects;
import java.util.function.Consumer;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;

/** The business: one row for every payment. */
class Ledger {

    private static final String DECLINED = "\"decline\"";
    private static final String ONCE_IN_VAIN = "\"once-in-vain\"";

    private final JdbcTemplate jdbc;
    private final Consumer<Runnable> effects;

    Ledger(JdbcTemplate jdbc, Consumer<Runnable> effects) {
        this.jdbc = jdbc;
        this.effects = effects;
    }

    /** Books what the body asks for; the effect is made before the business thinks better of it. */
    @Transactional
    ResponseEntity<Receipt> book(String execution, String body, int attempt) {
        Course course = Objects.requireNonNull(Course.current());
        Subject subject = course.subject();
        effects.accept(() -> jdbc.update(
                "INSERT INTO effect (execution, principal, key, body, generation) VALUES (?, ?, ?, ?, ?)",
                execution,
                subject.principal(),
                subject.key(),
                body,
                course.generation()));
        Course.reach(Failpoint.IN_HANDLER);
        if (course.workMillis() > 0) {
            jdbc.queryForObject("SELECT pg_sleep(?)::text", String.class, course.workMillis() / 1000.0);
        }
        if (body.contains(DECLINED)) {
            throw new DeclinedException(new Receipt(execution, subject.principal(), body, true, false));
        }
        if (body.contains(ONCE_IN_VAIN) && attempt == 1) {
            return ResponseEntity.internalServerError()
                    .body(new Receipt(execution, subject.principal(), body, false, true));
        }
        return ResponseEntity.status(201)
                .header("Location", "/payments/" + execution)
                .header("ETag", '"' + execution + '"')
                .body(new Receipt(execution, subject.principal(), body, false, false));
    }
}
