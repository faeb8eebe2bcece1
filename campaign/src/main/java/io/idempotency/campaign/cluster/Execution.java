package io.idempotency.campaign.cluster;

import io.idempotency.campaign.history.Subject;

/**
 * A handler that runs.
 *
 * @param name its own name
 * @param subject whose it is
 * @param backend the server's process whose transaction protects it; 0 if a lease does
 */
record Execution(String name, Subject subject, int backend) {

    boolean isLeased() {
        return backend == 0;
    }
}
