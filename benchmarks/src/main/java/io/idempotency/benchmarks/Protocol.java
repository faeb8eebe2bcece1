package io.idempotency.benchmarks;

import java.util.List;

/**
 * A way to keep a key in the transaction of its effect, as SQL around one INSERT of the application.
 *
 * @param setup makes its table
 * @param claim comes before the effect
 * @param completion comes after it
 */
record Protocol(String name, List<String> setup, List<Step> claim, List<Step> completion) {

    /**
     * A statement.
     *
     * @param parameters what its placeholders stand for, in their order
     */
    record Step(String sql, List<Parameter> parameters) {

        static Step of(String sql, Parameter... parameters) {
            return new Step(sql, List.of(parameters));
        }
    }

    /** What is known of a request. */
    enum Parameter {
        LOCK,
        KEY,
        FINGERPRINT,
        RESPONSE
    }

    static List<Protocol> all() {
        return List.of(
                NONE,
                BY_HAND,
                INSERT_THEN_UPDATE,
                INSERT_THEN_UPDATE_IN_PAGE,
                LOCK_THEN_LOOK_THEN_INSERT,
                WRITTEN_ONCE);
    }

    private static final Protocol NONE = new Protocol("no key", List.of(), List.of(), List.of());

    private static final Protocol BY_HAND = new Protocol(
            "INSERT, UPDATE by hand, no lock",
            List.of("CREATE TABLE by_hand (key uuid PRIMARY KEY, request_hash bytea NOT NULL, response bytea,"
                    + " created_at timestamptz NOT NULL DEFAULT now())"),
            List.of(Step.of(
                    "INSERT INTO by_hand (key, request_hash) VALUES (?, ?) ON CONFLICT DO NOTHING",
                    Parameter.KEY,
                    Parameter.FINGERPRINT)),
            List.of(Step.of("UPDATE by_hand SET response = ? WHERE key = ?", Parameter.RESPONSE, Parameter.KEY)));

    private static final String COLUMNS = "record_key uuid PRIMARY KEY, fingerprint bytea, completed_at timestamptz,"
            + " expires_at timestamptz, response bytea, claimed_at timestamptz NOT NULL";

    private static Step claimByInsert(String table) {
        return Step.of(
                """
                WITH seen AS MATERIALIZED (
                    SELECT fingerprint, response, expires_at <= statement_timestamp() AS over FROM %s WHERE record_key = ?
                ), attempt AS MATERIALIZED (
                    SELECT pg_try_advisory_xact_lock(?) AS locked WHERE NOT EXISTS (SELECT FROM seen)
                ), claim AS (
                    INSERT INTO %s (record_key, fingerprint, claimed_at)
                    SELECT ?, ?, statement_timestamp() FROM attempt WHERE locked
                    ON CONFLICT DO NOTHING RETURNING true AS claimed
                )
                SELECT attempt.locked, claim.claimed, seen.fingerprint, seen.response, seen.over
                FROM (SELECT) AS answer LEFT JOIN attempt ON true LEFT JOIN claim ON true LEFT JOIN seen ON true
                """.formatted(table, table), Parameter.KEY, Parameter.LOCK, Parameter.KEY, Parameter.FINGERPRINT);
    }

    private static Step completeByUpdate(String table) {
        return Step.of(
                "UPDATE %s SET response = ?, completed_at = statement_timestamp(), expires_at = statement_timestamp() + interval '1 day' WHERE record_key = ? AND completed_at IS NULL"
                        .formatted(table),
                Parameter.RESPONSE,
                Parameter.KEY);
    }

    private static final Protocol INSERT_THEN_UPDATE = new Protocol(
            "lock and INSERT, then UPDATE",
            List.of(
                    "CREATE TABLE twice (" + COLUMNS + ")",
                    "CREATE INDEX ON twice (expires_at) WHERE expires_at IS NOT NULL"),
            List.of(claimByInsert("twice")),
            List.of(completeByUpdate("twice")));

    private static final Protocol INSERT_THEN_UPDATE_IN_PAGE = new Protocol(
            "the same with HOT updates",
            List.of(
                    "CREATE TABLE twice_in_page (" + COLUMNS + ") WITH (fillfactor = 35)",
                    "CREATE INDEX ON twice_in_page (claimed_at)"),
            List.of(claimByInsert("twice_in_page")),
            List.of(completeByUpdate("twice_in_page")));

    private static final Protocol LOCK_THEN_LOOK_THEN_INSERT = new Protocol(
            "lock, look, INSERT: three statements",
            List.of("CREATE TABLE once (" + COLUMNS + ")", "CREATE INDEX ON once (expires_at)"),
            List.of(
                    Step.of("SELECT pg_try_advisory_xact_lock(?)", Parameter.LOCK),
                    Step.of("SELECT fingerprint, response, expires_at FROM once WHERE record_key = ?", Parameter.KEY)),
            List.of(Step.of(
                    "INSERT INTO once VALUES (?, ?, statement_timestamp(), statement_timestamp() + interval '1 day', ?, statement_timestamp())",
                    Parameter.KEY,
                    Parameter.FINGERPRINT,
                    Parameter.RESPONSE)));

    /** As the library's migration makes it. */
    private static final Protocol WRITTEN_ONCE = new Protocol(
            "the library's: lock and look, INSERT",
            List.of(Migration.sql()),
            List.of(Step.of("SELECT idempotency_record_claim(?, ?)", Parameter.LOCK, Parameter.KEY)),
            List.of(Step.of(
                    """
                    INSERT INTO idempotency_record (record_key, claim_token, completed_at, expires_at, fingerprint, response)
                    SELECT ?, ?, statement_timestamp(), statement_timestamp() + interval '1 day', ?, ?
                    WHERE pg_try_advisory_xact_lock(?)
                    """, Parameter.KEY, Parameter.KEY, Parameter.FINGERPRINT, Parameter.RESPONSE, Parameter.LOCK)));
}
