/** Bugs that are made on purpose, and have to be found. */
@NullMarked
package io.idempotency.campaign.bugs;

import org.jspecify.annotations.NullMarked;
