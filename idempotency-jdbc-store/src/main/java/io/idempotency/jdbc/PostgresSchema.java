package io.idempotency.jdbc;

import io.idempotency.core.IdempotencyConfigurationException;
import io.idempotency.core.TransactionSettings.Isolation;
import java.sql.Connection;
import java.util.List;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;

/** What the store needs to find in the database, looked at before the first request. */
public final class PostgresSchema {

    /** Where the table's migrations stand on the class path. */
    public static final String MIGRATIONS = "io/idempotency/jdbc/migration";

    private static final String TABLE = "SELECT FROM %s WHERE false";

    private static final String COLUMNS = """
            SELECT record_key, claim_token, completed_at, expires_at, lease_until, attempt, fingerprint, response, steps
            FROM %s WHERE false
            """;

    private static final String FUNCTION = """
            SELECT length(%s_claim(0, NULL)) WHERE false
            """;

    private static final String READ_ONLY = """
            SELECT current_setting('transaction_read_only')::boolean
            """;

    /** UPDATE is what a purge locks rows with, too. */
    private static final String MISSING_PRIVILEGES = """
            SELECT privilege FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS privilege
            WHERE NOT has_table_privilege('%s', privilege)
            """;

    private final JdbcOperations jdbc;
    private final TableName table;

    /**
     * Looks at one table.
     *
     * @param jdbc reaches the database
     * @param table the table
     */
    public PostgresSchema(JdbcOperations jdbc, TableName table) {
        this.jdbc = jdbc;
        this.table = table;
    }

    /**
     * Refuses any other database: the claim is PostgreSQL's own SQL.
     *
     * @throws IdempotencyConfigurationException if the database is not PostgreSQL
     * @throws DataAccessException if it cannot be reached
     */
    public void requirePostgres() {
        String product = jdbc.execute((ConnectionCallback<String>)
                connection -> connection.getMetaData().getDatabaseProductName());
        if (!"PostgreSQL".equals(product)) {
            throw new IdempotencyConfigurationException(
                    "The DataSource for idempotency records is " + product + ", not PostgreSQL.",
                    "Use a PostgreSQL DataSource (idempotency.jdbc.data-source chooses among several),"
                            + " or set idempotency.store=memory for a test or a demonstration.");
        }
    }

    /**
     * Refuses to start without the table.
     *
     * @throws IdempotencyConfigurationException if the table is missing or may not be read
     */
    public void requireTable() {
        require(TABLE);
    }

    /**
     * Refuses to start without the table and the function as the migrations make them.
     *
     * @throws IdempotencyConfigurationException if the table, one of its columns or the function is missing, or may not be read
     */
    public void requireEverything() {
        require(COLUMNS);
        require(FUNCTION);
    }

    /**
     * Refuses to start where a claim would be granted and its completion refused, after the handler has run.
     *
     * @throws IdempotencyConfigurationException if transactions are read-only, or a privilege on the table is missing
     * @throws DataAccessException if the database cannot be reached
     */
    public void requireWritable() {
        if (Boolean.TRUE.equals(jdbc.queryForObject(READ_ONLY, Boolean.class))) {
            throw new IdempotencyConfigurationException(
                    "The database for idempotency records is read-only: a standby, or default_transaction_read_only is on.",
                    "Connect to the primary, for instance with targetServerType=primary in spring.datasource.url.");
        }
        List<String> missing = jdbc.queryForList(MISSING_PRIVILEGES.formatted(table), String.class);
        if (!missing.isEmpty()) {
            String privileges = String.join(", ", missing);
            throw new IdempotencyConfigurationException(
                    "The user of the DataSource may not use the table " + table + " for idempotency records: "
                            + privileges + " is missing.",
                    "Run GRANT " + privileges + " ON " + table + " TO the user of the DataSource.");
        }
    }

    private void require(String probe) {
        try {
            jdbc.execute(probe.formatted(table));
        } catch (DataAccessException e) {
            throw new IdempotencyConfigurationException(
                    "The table " + table + " for idempotency records, or its function " + table
                            + "_claim, is missing, incomplete or not readable: "
                            + e.getMostSpecificCause().getMessage(),
                    "Run classpath:" + MIGRATIONS + "/V1__idempotency_record.sql with ${table} replaced by " + table
                            + " and ${index} by " + table.simple()
                            + ", or set idempotency.jdbc.schema=migrate to let the library do it.",
                    e);
        }
    }

    /**
     * The isolation level of a connection nobody asked anything of.
     *
     * @return never the default, which it names
     * @throws DataAccessException if the database cannot be reached
     */
    public Isolation defaultIsolation() {
        Integer level = jdbc.execute((ConnectionCallback<Integer>) Connection::getTransactionIsolation);
        if (level == null) {
            return Isolation.READ_COMMITTED;
        }
        return switch (level) {
            case Connection.TRANSACTION_REPEATABLE_READ -> Isolation.REPEATABLE_READ;
            case Connection.TRANSACTION_SERIALIZABLE -> Isolation.SERIALIZABLE;
            default -> Isolation.READ_COMMITTED;
        };
    }
}
