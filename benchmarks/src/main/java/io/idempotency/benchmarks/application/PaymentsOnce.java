package io.idempotency.benchmarks.application;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Key, business and response in one transaction; a duplicate waits in its INSERT until the first has ended. */
@Service
class PaymentsOnce {

    private static final String CLAIM =
            "INSERT INTO idempotency_key (key, request_hash) VALUES (?, ?) ON CONFLICT (key) DO NOTHING";

    private static final String STORED =
            "SELECT request_hash, status, location, response FROM idempotency_key WHERE key = ?";

    private static final String COMPLETE =
            "UPDATE idempotency_key SET status = ?, location = ?, response = ? WHERE key = ?";

    private static final int CREATED = 201;

    private final JdbcTemplate jdbc;
    private final Payments payments;
    private final JsonMapper json;

    PaymentsOnce(JdbcTemplate jdbc, Payments payments, JsonMapper json) {
        this.jdbc = jdbc;
        this.payments = payments;
        this.json = json;
    }

    @Transactional
    Outcome make(String key, byte[] hash, PaymentRequest request) {
        if (jdbc.update(CLAIM, key, hash) == 0) {
            return Objects.requireNonNull(jdbc.queryForObject(STORED, (rs, i) -> stored(rs, hash), key));
        }
        Payment payment = payments.make(request);
        String body = json.writeValueAsString(payment);
        jdbc.update(COMPLETE, CREATED, payment.location(), body, key);
        return new Outcome(CREATED, payment.location(), body, true, false);
    }

    private static Outcome stored(ResultSet rs, byte[] hash) throws SQLException {
        boolean same = Arrays.equals(rs.getBytes("request_hash"), hash);
        return new Outcome(rs.getInt("status"), rs.getString("location"), rs.getString("response"), same, true);
    }
}
