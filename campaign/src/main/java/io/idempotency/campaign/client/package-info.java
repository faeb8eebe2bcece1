/** Clients that send again until they know, and remember everything that they saw. */
@NullMarked
package io.idempotency.campaign.client;

import org.jspecify.annotations.NullMarked;
