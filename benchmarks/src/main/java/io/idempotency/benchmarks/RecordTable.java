package io.idempotency.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The library's table, to be filled faster than by requests: every row is a copy of one that a request left. */
final class RecordTable {

    private static final String TABLE = "idempotency_record";
    private static final String CONSTRAINTS = """
            SELECT format('ALTER TABLE %1$s DROP CONSTRAINT %2$I', conrelid::regclass, conname) AS drop,
                   format('ALTER TABLE %1$s ADD CONSTRAINT %2$I %3$s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS make
            FROM pg_constraint WHERE conrelid = 'idempotency_record'::regclass AND contype IN ('p', 'u')
            """;
    private static final String INDEXES = """
            SELECT format('DROP INDEX %s', indexrelid::regclass) AS drop, pg_get_indexdef(indexrelid) AS make
            FROM pg_index WHERE indrelid = 'idempotency_record'::regclass
                AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
            """;
    private static final String COLUMNS =
            "SELECT column_name FROM information_schema.columns WHERE table_name = '" + TABLE + "'";

    private final Database database;

    RecordTable(Database database) {
        this.database = database;
    }

    /** Adds records; as many of them, the oldest, are over. */
    void fill(long records, long over) {
        SingleConnectionDataSource connection = new SingleConnectionDataSource(database.url(), true);
        try {
            JdbcTemplate jdbc = new JdbcTemplate(connection);
            List<Rule> rules = new ArrayList<>(rules(jdbc, CONSTRAINTS));
            rules.addAll(rules(jdbc, INDEXES));
            rules.forEach(rule -> jdbc.execute(rule.drop()));
            jdbc.update(copies(jdbc), over, records);
            jdbc.execute("SET maintenance_work_mem = '512MB'");
            rules.forEach(rule -> jdbc.execute(rule.make()));
            jdbc.execute("VACUUM (ANALYZE) " + TABLE);
        } finally {
            connection.destroy();
        }
    }

    private static List<Rule> rules(JdbcTemplate jdbc, String query) {
        return jdbc.query(query, (rs, i) -> new Rule(rs.getString("drop"), rs.getString("make")));
    }

    private static String copies(JdbcTemplate jdbc) {
        List<String> columns = jdbc.queryForList(COLUMNS, String.class);
        String values = columns.stream().map(RecordTable::value).collect(Collectors.joining(", "));
        return "INSERT INTO " + TABLE + " (" + String.join(", ", columns) + ") SELECT " + values
                + " FROM (SELECT * FROM " + TABLE
                + " LIMIT 1) AS sample, (SELECT ?::bigint AS over) AS first, generate_series(1, ?::bigint) AS number";
    }

    private static String value(String column) {
        return switch (column) {
            case "record_key" -> "gen_random_uuid()";
            case "expires_at" ->
                "sample.expires_at + number * interval '1 millisecond'"
                        + " - CASE WHEN number <= first.over THEN interval '30 days' ELSE interval '0' END";
            default -> "sample." + column;
        };
    }

    /** How many records a purge would delete. */
    long over() {
        return Objects.requireNonNull(database.jdbc()
                .queryForObject("SELECT count(*) FROM " + TABLE + " WHERE expires_at <= now()", Long.class));
    }

    /** A constraint or an index. */
    private record Rule(String drop, String make) {}
}
