package io.idempotency.examples.provider.fake;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Charges once for each key, as the unique index on it sees to. */
@Service
@Transactional
class Charges {

    private static final String CHARGE = "SELECT 'ch-' || id AS id, amount FROM charge ";

    private final JdbcClient jdbc;

    Charges(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Charge charge(UUID key, BigDecimal amount) {
        jdbc.sql("INSERT INTO charge (key, amount)"
                        + " SELECT :key, :amount WHERE NOT EXISTS (SELECT FROM charge WHERE key = :key)"
                        + " ON CONFLICT DO NOTHING")
                .param("key", key)
                .param("amount", amount)
                .update();
        return of(key).get(0);
    }

    @Transactional(readOnly = true)
    List<Charge> of(UUID key) {
        return jdbc.sql(CHARGE + "WHERE key = ?").param(key).query(Charge.class).list();
    }

    @Transactional(readOnly = true)
    List<Charge> all() {
        return jdbc.sql(CHARGE + "ORDER BY charge.id").query(Charge.class).list();
    }
}
