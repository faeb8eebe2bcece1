package io.idempotency.campaign.cluster;

import io.idempotency.campaign.node.Failpoint;

/**
 * A request that is held.
 *
 * @param question the node's question that has to be answered before it goes on
 * @param point where it is
 * @param backend the server's process of its transaction, where a commit is held; else 0
 */
record Held(long question, Failpoint point, int backend) {}
