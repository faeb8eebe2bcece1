/** A way to the database that can be broken on purpose, to the message. */
@NullMarked
package io.idempotency.campaign.proxy;

import org.jspecify.annotations.NullMarked;
