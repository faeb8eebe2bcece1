/** Everything at once, at random, from a seed. */
@NullMarked
package io.idempotency.campaign.storm;

import org.jspecify.annotations.NullMarked;
