package io.idempotency.jdbc;

/** All the SQL of the store, for one table; how a claim looks at a key stands in the migration, as a function. */
record StoreSql(
        String claim,
        String lease,
        String takeOver,
        String complete,
        String completeLeased,
        String tryLock,
        String fate,
        String known,
        String hold,
        String recordSteps,
        String release,
        String renew,
        String purge,
        String abandoned,
        String executeAgain,
        String resolve) {

    static StoreSql forTable(TableName table) {
        return new StoreSql(
                on(table, CLAIM),
                on(table, LEASE),
                on(table, TAKE_OVER),
                on(table, COMPLETE),
                on(table, COMPLETE_LEASED),
                TRY_LOCK,
                on(table, FATE),
                on(table, KNOWN),
                on(table, HOLD),
                on(table, RECORD_STEPS),
                on(table, RELEASE),
                on(table, RENEW),
                on(table, PURGE),
                on(table, ABANDONED),
                on(table, EXECUTE_AGAIN),
                on(table, RESOLVE));
    }

    private static String on(TableName table, String sql) {
        return sql.replace("${table}", table.toString());
    }

    private static final String CLAIM = """
            SELECT ${table}_claim(?, ?)
            """;

    /** A claim that is granted is written down in the same round trip. The lock keeps every other claim away until the commit. */
    private static final String LEASE = """
            WITH answered AS (SELECT ${table}_claim(?, ?) AS answer),
                 written AS (
                     INSERT INTO ${table} (record_key, claim_token, expires_at, lease_until, attempt, fingerprint)
                     SELECT ?, ?, statement_timestamp() + ? * interval '1 microsecond',
                            statement_timestamp() + ? * interval '1 microsecond', 1, ?
                     FROM answered WHERE length(answer) = 0)
            SELECT answer FROM answered
            """;

    /** Passes over a record that its owner is writing at the moment: then it was not left. */
    private static final String TAKE_OVER = """
            UPDATE ${table} SET claim_token = ?, attempt = attempt + 1,
                   expires_at = statement_timestamp() + ? * interval '1 microsecond',
                   lease_until = statement_timestamp() + ? * interval '1 microsecond'
            WHERE record_key = (
                SELECT record_key FROM ${table}
                WHERE record_key = ? AND fingerprint = ? AND completed_at IS NULL AND lease_until <= statement_timestamp()
                      AND pg_try_advisory_xact_lock(?)
                FOR UPDATE SKIP LOCKED)
            RETURNING attempt, steps
            """;

    /** The lock is the claim: whoever has it may ask for it again, and nobody else gets it. */
    private static final String COMPLETE = """
            INSERT INTO ${table} (record_key, claim_token, completed_at, expires_at, fingerprint, response)
            SELECT ?, ?, statement_timestamp(), statement_timestamp() + ? * interval '1 microsecond', ?, ?
            WHERE pg_try_advisory_xact_lock(?)
            """;

    /** The token is the claim, and whoever took the record over has replaced it. */
    private static final String COMPLETE_LEASED = """
            UPDATE ${table} SET completed_at = statement_timestamp(), lease_until = NULL, steps = NULL,
                   expires_at = statement_timestamp() + ? * interval '1 microsecond', response = ?
            WHERE record_key = ? AND claim_token = ? AND completed_at IS NULL
            """;

    private static final String TRY_LOCK = """
            SELECT pg_try_advisory_xact_lock(?)
            """;

    /** A record that cannot be locked is being written: perhaps by the transaction in question. */
    private static final String FATE = """
            SELECT completed_at IS NOT NULL FROM ${table} WHERE record_key = ? AND claim_token = ? FOR UPDATE SKIP LOCKED
            """;

    private static final String KNOWN = """
            SELECT true FROM ${table} WHERE record_key = ? AND claim_token = ?
            """;

    /**
     * The row alone is waited for by whoever wants to delete it, or to insert it again; the lock tells them not to. It cannot be had
     * while somebody else looks at the key, who then finds the row.
     */
    private static final String HOLD = """
            SELECT pg_try_advisory_xact_lock(?) IS NOT NULL FROM ${table}
            WHERE record_key = ? AND claim_token = ? AND completed_at IS NULL FOR UPDATE
            """;

    /** No renewal came through while the step's transaction held the row. */
    private static final String RECORD_STEPS = """
            UPDATE ${table} SET steps = ?,
                   lease_until = CASE WHEN isfinite(lease_until)
                                      THEN LEAST(statement_timestamp() + ? * interval '1 microsecond',
                                                 expires_at - ? * interval '1 microsecond')
                                      ELSE lease_until END
            WHERE record_key = ? AND claim_token = ? AND completed_at IS NULL
            """;

    /** A first attempt that recorded nothing leaves nothing; what has steps or attempts behind it stays, open to everybody who asks for the same. */
    private static final String RELEASE = """
            WITH mine AS (
                     SELECT record_key, steps IS NULL AND attempt = 1 AS empty FROM ${table}
                     WHERE record_key = ? AND claim_token = ? AND completed_at IS NULL FOR UPDATE),
                 deleted AS (
                     DELETE FROM ${table} WHERE record_key IN (SELECT record_key FROM mine WHERE empty))
            UPDATE ${table} SET lease_until = '-infinity' WHERE record_key IN (SELECT record_key FROM mine WHERE NOT empty)
            """;

    /** An unsettled record expires one retention after the end of its lifetime, beyond which no lease goes. */
    private static final String RENEW = """
            WITH asked AS (
                     SELECT * FROM unnest(?::uuid[], ?::uuid[], ?::bigint[], ?::bigint[]) AS a(key, token, lease, retention)),
                 mine AS (
                     SELECT r.record_key, LEAST(statement_timestamp() + a.lease * interval '1 microsecond',
                                                r.expires_at - a.retention * interval '1 microsecond') AS lease_until
                     FROM ${table} AS r JOIN asked AS a ON r.record_key = a.key AND r.claim_token = a.token
                     WHERE r.completed_at IS NULL AND isfinite(r.lease_until)
                           AND r.expires_at - a.retention * interval '1 microsecond' > statement_timestamp()
                     FOR UPDATE OF r SKIP LOCKED)
            UPDATE ${table} AS r SET lease_until = mine.lease_until FROM mine WHERE r.record_key = mine.record_key
            """;

    /** The array is made once; a subquery after IN may be run again for every row, and locks other records each time. */
    private static final String PURGE = """
            DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM ${table} WHERE expires_at <= statement_timestamp()
                ORDER BY expires_at LIMIT ? FOR UPDATE SKIP LOCKED))
            """;

    /** The retention is asked about in a way that no index answers: the one on it lists every completed record. */
    private static final String ABANDONED = """
            SELECT record_key, attempt, extract(epoch FROM statement_timestamp() - lease_until) * 1000000 FROM ${table}
            WHERE completed_at IS NULL AND lease_until <= statement_timestamp() AND isfinite(lease_until)
                  AND expires_at - statement_timestamp() > interval '0'
            ORDER BY lease_until LIMIT ?
            """;

    /** Passes over a record that is being written at the moment: its owner is back, or somebody else decides. */
    private static final String LEFT = """
            SELECT record_key FROM ${table}
            WHERE record_key = ? AND completed_at IS NULL AND lease_until <= statement_timestamp() AND isfinite(lease_until)
                  AND expires_at > statement_timestamp()
            FOR UPDATE SKIP LOCKED
            """;

    private static final String EXECUTE_AGAIN = """
            UPDATE ${table} SET lease_until = '-infinity' WHERE record_key = (
            """ + LEFT + ")";

    /** The token is replaced, so that an owner that comes back does not take the answer for its own. */
    private static final String RESOLVE = """
            UPDATE ${table} SET claim_token = ?, completed_at = statement_timestamp(), lease_until = NULL, steps = NULL,
                   expires_at = statement_timestamp() + ? * interval '1 microsecond', response = ?
            WHERE record_key = (
            """ + LEFT + ")";
}
