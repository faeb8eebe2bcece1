package io.idempotency.campaign.storm;

import java.time.Duration;

/**
 * One fault of a storm.
 *
 * @param kind what it is
 * @param seat which node it hits, where it hits one
 * @param before how long nothing happens before it
 */
record Gust(Kind kind, int seat, Duration before) {

    /** What can happen. */
    enum Kind {
        NODE_KILLED,
        NODE_STOPPED,
        NODE_UPGRADED,
        DATABASE_CRASHED,
        BACKEND_TERMINATED,
        CONNECTION_CUT,
        CONNECTION_SILENT,
        ALL_CONNECTIONS_CUT,
        ALL_CONNECTIONS_SILENT,
        COMMIT_CUT_BEFORE,
        COMMIT_ANSWER_LOST,
        COMMIT_SILENT_BEFORE,
        COMMIT_SILENT_AFTER
    }
}
