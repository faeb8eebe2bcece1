package io.idempotency.benchmarks;

import java.util.Locale;

/** What is measured or counted of a subject. */
enum Measure {
    THROUGHPUT("requests/s", 0),
    P50("p50 ms", 2),
    P99("p99 ms", 2),
    PROCESSOR("CPU µs, clients and application", 0),
    PROCESSOR_OF_SERVER("CPU µs, database", 0),
    STATEMENTS("SQL statements", 2),
    CONTROL("BEGIN, SET, SHOW", 2),
    COMMITS("commits", 2),
    ROLLBACKS("rollbacks", 2),
    WRITTEN("commits in WAL", 2),
    FSYNCS_ALONE("fsyncs, 1 client", 2),
    FSYNCS("fsyncs, 16 clients", 2),
    WAL("WAL bytes", 0),
    WAL_WITH_IMAGES("WAL bytes, timed", 0),
    ALLOCATED("allocated kB", 1);

    private final String heading;
    private final int digits;

    Measure(String heading, int digits) {
        this.heading = heading;
        this.digits = digits;
    }

    String heading() {
        return heading;
    }

    String format(double value) {
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }
}
