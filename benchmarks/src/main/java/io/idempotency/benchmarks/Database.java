package io.idempotency.benchmarks;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A database of one subject, with a way in beside its pool. */
record Database(String name, String url, JdbcTemplate jdbc) {

    static Database at(String name, String url) {
        return new Database(name, url, new JdbcTemplate(new DriverManagerDataSource(url)));
    }

    /** The row counter is cheaper to read than the rows, and moves with every execution of the handler, a rolled back one too. */
    long executions() {
        Long last = jdbc.queryForObject(
                "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM payment_id_seq", Long.class);
        return last == null ? 0 : last;
    }
}
