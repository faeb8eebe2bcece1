package io.idempotency.benchmarks;

/**
 * What one request cost, on average.
 *
 * @param statements SQL statements that are no transaction control
 * @param control statements that begin or set up a transaction; its end is not among the server's statements
 * @param commits transactions that ended well, reading ones too
 * @param rollbacks transactions that were given up
 * @param written transactions whose end is in the write-ahead log
 * @param fsyncs of the write-ahead log, by the connections of clients
 * @param walBytes without full-page images
 * @param allocated bytes, by the threads that serve requests
 */
record Counts(
        double statements,
        double control,
        double commits,
        double rollbacks,
        double written,
        double fsyncs,
        double walBytes,
        double allocated) {

    Counts per(long requests) {
        return new Counts(
                statements / requests,
                control / requests,
                commits / requests,
                rollbacks / requests,
                written / requests,
                fsyncs / requests,
                walBytes / requests,
                allocated / requests);
    }
}
