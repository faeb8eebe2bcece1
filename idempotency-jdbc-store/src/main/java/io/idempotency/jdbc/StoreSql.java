package io.idempotency.jdbc;

/** All the SQL of the store, for one table; what a claim does stands in the migration, as a function. */
record StoreSql(String claim, String complete, String tryLock, String fate, String purge) {

    static StoreSql forTable(TableName table) {
        return new StoreSql(
                CLAIM.formatted(table),
                COMPLETE.formatted(table),
                TRY_LOCK,
                FATE.formatted(table),
                PURGE.formatted(table, table));
    }

    private static final String CLAIM = """
            SELECT %s_claim(?, ?)
            """;

    /** The lock is the claim: whoever has it may ask for it again, and nobody else gets it. */
    private static final String COMPLETE = """
            INSERT INTO %s (record_key, claim_token, completed_at, expires_at, fingerprint, response)
            SELECT ?, ?, statement_timestamp(), statement_timestamp() + ? * interval '1 microsecond', ?, ?
            WHERE pg_try_advisory_xact_lock(?)
            """;

    private static final String TRY_LOCK = """
            SELECT pg_try_advisory_xact_lock(?)
            """;

    private static final String FATE = """
            SELECT true FROM %s WHERE record_key = ? AND claim_token = ?
            """;

    /** The array is made once; a subquery after IN may be run again for every row, and locks other records each time. */
    private static final String PURGE = """
            DELETE FROM %s WHERE ctid = ANY (ARRAY(
                SELECT ctid FROM %s WHERE expires_at <= statement_timestamp()
                ORDER BY expires_at LIMIT ? FOR UPDATE SKIP LOCKED))
            """;
}
