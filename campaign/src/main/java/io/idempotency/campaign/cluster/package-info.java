/** Real processes on one machine: a database, nodes, the proxies between them, and the clients that ask. */
@NullMarked
package io.idempotency.campaign.cluster;

import org.jspecify.annotations.NullMarked;
