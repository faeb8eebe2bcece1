package io.idempotency.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What abandoned keys cost in PostgreSQL. */
@Timeout(120)
class JdbcAbandonedKeysTest {

    private static final int COMPLETED = 50_000;
    private static final int LEFT = 20;

    private static TestDatabase database;

    @BeforeAll
    static void fill() {
        database = new TestDatabase();
        database.jdbc.update("""
                INSERT INTO idempotency_record (record_key, claim_token, completed_at, expires_at, fingerprint, response)
                SELECT gen_random_uuid(), gen_random_uuid(), now(), now() + interval '1 day', sha256(n::text::bytea),
                       convert_to(repeat('x', 500), 'UTF8')
                FROM generate_series(1, ?) AS n
                """, COMPLETED);
        database.jdbc.update("""
                INSERT INTO idempotency_record (record_key, claim_token, expires_at, lease_until, attempt, fingerprint)
                SELECT gen_random_uuid(), gen_random_uuid(), now() + interval '1 day', now() - n * interval '1 second', 1,
                       sha256(n::text::bytea)
                FROM generate_series(1, ?) AS n
                """, LEFT);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void findingThemReadsNothingThatIsSettled() {
        assertThat(database.abandonedKeys.find(LEFT * 2)).hasSize(LEFT);
        assertThat(plan()).contains("idempotency_record_unsettled").doesNotContain("Seq Scan", "_expires_at");
        database.jdbc.execute("ANALYZE idempotency_record");
        assertThat(plan()).contains("idempotency_record_unsettled").doesNotContain("Seq Scan", "_expires_at");
    }

    private static String plan() {
        String query = StoreSql.forTable(TableName.of("idempotency_record")).abandoned();
        List<String> lines =
                database.jdbc.queryForList("EXPLAIN (ANALYZE, BUFFERS) " + query.replace("?", "100"), String.class);
        return String.join("\n", lines);
    }
}
