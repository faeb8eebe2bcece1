package io.idempotency.jdbc;

/** All the SQL of the store, for one table. */
record StoreSql(
        String claim,
        String find,
        String reclaim,
        String complete,
        String release,
        String tryLock,
        String fate,
        String lockOpen,
        String purge) {

    static StoreSql forTable(TableName table) {
        return new StoreSql(
                CLAIM.formatted(table, table),
                FIND.formatted(table),
                RECLAIM.formatted(table),
                COMPLETE.formatted(table),
                RELEASE.formatted(table),
                TRY_LOCK,
                FATE.formatted(table),
                LOCK_OPEN.formatted(table),
                PURGE.formatted(table, table));
    }

    /**
     * Looks up, locks and claims in one round trip. A record that is there is the answer and needs no lock. The lock lets a duplicate
     * know at once that the first is still running: the plain INSERT would wait for its transaction. All parts share one snapshot,
     * which can be older than the lock: the unique index has the last word.
     */
    private static final String CLAIM = """
            WITH seen AS MATERIALIZED (
                SELECT fingerprint, response, expires_at <= statement_timestamp() AS over,
                       extract(epoch FROM statement_timestamp() - completed_at) AS age
                FROM %s WHERE record_key = ?
            ), attempt AS MATERIALIZED (
                SELECT pg_try_advisory_xact_lock(?) AS locked WHERE NOT EXISTS (SELECT FROM seen)
            ), claim AS (
                INSERT INTO %s (record_key, fingerprint, claim_token, claimed_at)
                SELECT ?, ?, ?, statement_timestamp() FROM attempt WHERE locked
                ON CONFLICT (record_key) DO NOTHING
                RETURNING true AS claimed
            )
            SELECT attempt.locked, claim.claimed, seen.fingerprint, seen.response, seen.over, seen.age
            FROM (SELECT) AS answer
            LEFT JOIN attempt ON true
            LEFT JOIN claim ON true
            LEFT JOIN seen ON true
            """;

    /** Looks up with a snapshot that is newer than the lock. */
    private static final String FIND = """
            SELECT true AS locked, false AS claimed, fingerprint, response, expires_at <= statement_timestamp() AS over,
                   extract(epoch FROM statement_timestamp() - completed_at) AS age
            FROM %s WHERE record_key = ?
            """;

    /** A record whose retention is over counts as none, even before it is purged. */
    private static final String RECLAIM = """
            WITH attempt AS MATERIALIZED (
                SELECT pg_try_advisory_xact_lock(?) AS locked
            ), claim AS (
                UPDATE %s SET fingerprint = ?, claim_token = ?, claimed_at = statement_timestamp(),
                       completed_at = NULL, expires_at = NULL, response = NULL
                FROM attempt
                WHERE locked AND record_key = ? AND expires_at <= statement_timestamp()
                RETURNING true AS claimed
            )
            SELECT attempt.locked, claim.claimed, NULL::bytea AS fingerprint, NULL::bytea AS response, false AS over, NULL::numeric AS age
            FROM attempt
            LEFT JOIN claim ON true
            """;

    private static final String COMPLETE = """
            UPDATE %s SET response = ?, completed_at = statement_timestamp(),
                   expires_at = statement_timestamp() + ? * interval '1 microsecond'
            WHERE record_key = ? AND claim_token = ? AND completed_at IS NULL
            """;

    private static final String RELEASE = """
            DELETE FROM %s WHERE record_key = ? AND claim_token = ? AND completed_at IS NULL
            """;

    private static final String TRY_LOCK = """
            SELECT pg_try_advisory_xact_lock(?)
            """;

    private static final String FATE = """
            SELECT completed_at IS NOT NULL FROM %s WHERE record_key = ? AND claim_token = ?
            """;

    /** Empty if another transaction is about to complete or release the claim. */
    private static final String LOCK_OPEN = """
            SELECT completed_at IS NOT NULL FROM %s WHERE record_key = ? AND claim_token = ? FOR UPDATE SKIP LOCKED
            """;

    /** The array is made once; a subquery after IN may be run again for every row, and locks other records each time. */
    private static final String PURGE = """
            DELETE FROM %s WHERE record_key = ANY (ARRAY(
                SELECT record_key FROM %s WHERE expires_at <= statement_timestamp()
                ORDER BY expires_at LIMIT ? FOR UPDATE SKIP LOCKED))
            """;
}
