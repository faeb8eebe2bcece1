package io.idempotency.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/** Counts what the server and the threads of one subject do, while nothing else runs. */
final class Counters {

    /** Transaction control, as drivers and Spring's transaction managers send it. */
    private static final String CONTROL =
            "query ~* '^\\s*(BEGIN|COMMIT|ROLLBACK|START|END|SET|SHOW|SAVEPOINT|RELEASE)\\M'";

    /**
     * What a connection has counted is told to the server now and then; this makes it tell, its own transaction included. It does
     * so only if a table was looked at.
     */
    private static final String FLUSH =
            "SELECT pg_stat_force_next_flush() FROM pg_database WHERE datname = current_database()";

    private static final String STATEMENTS = """
            SELECT coalesce(sum(calls), 0) FROM pg_stat_statements
            WHERE dbid = (SELECT oid FROM pg_database WHERE datname = ?) AND query NOT LIKE '%pg_stat_force_next_flush%' AND
            """;

    /** By the connections to this database: those to another may tell late what they did before. */
    private static final String FSYNCS = """
            SELECT sum(io.fsyncs) FROM pg_stat_activity AS backend, pg_stat_get_backend_io(backend.pid) AS io
            WHERE backend.datname = ? AND io.object = 'wal'
            """;

    /** The log is read from the disk, and the last of its records may be one that nobody waited for. */
    private static final String WRITE_OUT = "SELECT pg_logical_emit_message(true, 'benchmark'::text, ''::text, true)";

    private static final String LOGGED = """
            SELECT coalesce(sum(count) FILTER (WHERE "resource_manager/record_type" = 'Transaction/COMMIT'), 0) AS commits,
                   coalesce(sum(fpi_size), 0) AS images
            FROM pg_get_wal_stats(?::pg_lsn, ?::pg_lsn, true)
            """;

    private final Server server;
    private final Subject subject;
    private String startOfLog = "";
    private Counts before = new Counts(0, 0, 0, 0, 0, 0, 0, 0);

    Counters(Server server, Subject subject) {
        this.server = server;
        this.subject = subject;
    }

    /** From here on. */
    void start() {
        flush();
        reset();
        startOfLog = position();
        before = read();
    }

    /** Up to here, for that many requests. */
    Counts stop(long requests) {
        double allocated = allocated() - before.allocated();
        Logged logged = logged();
        flush();
        Counts after = read();
        return new Counts(
                        after.statements(),
                        after.control(),
                        after.commits() - before.commits() - Subject.POOL,
                        after.rollbacks() - before.rollbacks(),
                        logged.commits(),
                        after.fsyncs() - before.fsyncs(),
                        logged.bytes(),
                        allocated)
                .per(requests);
    }

    private Counts read() {
        String database = subject.database().name();
        return new Counts(
                number(STATEMENTS + "NOT " + CONTROL, database),
                number(STATEMENTS + CONTROL, database),
                number("SELECT xact_commit FROM pg_stat_database WHERE datname = ?", database),
                number("SELECT xact_rollback FROM pg_stat_database WHERE datname = ?", database),
                0,
                number(FSYNCS, database),
                0,
                allocated());
    }

    private void reset() {
        number(
                "SELECT 1 FROM pg_stat_statements_reset(0, (SELECT oid FROM pg_database WHERE datname = ?))",
                subject.database().name());
    }

    /** All connections of the pool at once, so that none is asked twice. */
    private void flush() {
        List<Connection> all = new ArrayList<>();
        try {
            for (int i = 0; i < Subject.POOL; i++) {
                all.add(subject.pool().getConnection());
            }
            for (Connection connection : all) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(FLUSH);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            all.forEach(Counters::giveBack);
        }
    }

    private static void giveBack(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where the log ends. */
    private String position() {
        return text("SELECT pg_current_wal_insert_lsn()::text");
    }

    private Logged logged() {
        String end = position();
        double bytes = number("SELECT ?::pg_lsn - ?::pg_lsn", end, startOfLog);
        if (bytes == 0) {
            return new Logged(0, 0);
        }
        jdbc().execute(WRITE_OUT);
        return Objects.requireNonNull(jdbc().queryForObject(
                        LOGGED,
                        (rs, i) -> new Logged(rs.getDouble("commits"), bytes - rs.getDouble("images")),
                        startOfLog,
                        end));
    }

    private String text(String sql, Object... arguments) {
        return Objects.requireNonNull(jdbc().queryForObject(sql, String.class, arguments));
    }

    private double number(String sql, Object... arguments) {
        Number number = jdbc().queryForObject(sql, Number.class, arguments);
        return number == null ? 0 : number.doubleValue();
    }

    private JdbcTemplate jdbc() {
        return server.jdbc();
    }

    private double allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] own = Stream.of(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(info -> info != null && subject.owns(info.getThreadName()))
                .mapToLong(ThreadInfo::getThreadId)
                .toArray();
        return LongStream.of(threads.getThreadAllocatedBytes(own)).sum();
    }

    private record Logged(double commits, double bytes) {}
}
