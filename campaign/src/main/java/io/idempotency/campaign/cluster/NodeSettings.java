package io.idempotency.campaign.cluster;

import java.util.ArrayList;
import java.util.List;

/**
 * How nodes are configured.
 *
 * @param databasePort where a node thinks that its database is
 * @param poolSize connections at most
 * @param extra more arguments
 */
record NodeSettings(int databasePort, int poolSize, List<String> extra) {

    /** How long a lease lasts. */
    static final int LEASE_SECONDS = 5;

    /** How long a node waits for a connection, or for an answer on one. */
    static final int TIMEOUT_SECONDS = 2;

    List<String> arguments(String name) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.lifecycle.timeout-per-shutdown-phase=5s",
                "--spring.main.banner-mode=off",
                "--spring.datasource.url=jdbc:postgresql://127.0.0.1:" + databasePort + "/postgres?user=postgres",
                "--spring.datasource.hikari.maximum-pool-size=" + poolSize,
                "--spring.datasource.hikari.minimum-idle=2",
                "--spring.datasource.hikari.connection-timeout=" + TIMEOUT_SECONDS * 1000,
                "--spring.datasource.hikari.validation-timeout=1000",
                "--spring.datasource.hikari.data-source-properties.ApplicationName=" + name,
                "--spring.datasource.hikari.data-source-properties.socketTimeout=" + (TIMEOUT_SECONDS + 1),
                "--spring.datasource.hikari.data-source-properties.connectTimeout=" + TIMEOUT_SECONDS,
                "--idempotency.lease.duration=" + LEASE_SECONDS + "s",
                "--idempotency.lease.renewal-interval=300ms"));
        arguments.addAll(extra);
        return arguments;
    }
}
