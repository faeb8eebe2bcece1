package io.idempotency.benchmarks.application;

import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The business: one row in one transaction. */
@Service
class Payments {

    private static final String INSERT =
            "INSERT INTO payment (debtor, creditor, amount, reference, note) VALUES (?, ?, ?, ?, ?) RETURNING id";

    private final JdbcTemplate jdbc;

    Payments(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Transactional
    Payment make(PaymentRequest request) {
        Long id = jdbc.queryForObject(
                INSERT,
                Long.class,
                request.debtor(),
                request.creditor(),
                request.amount(),
                request.reference(),
                request.beginningOfNote());
        return new Payment(Objects.requireNonNull(id), request.amount(), request.reference());
    }
}
