/** Judges what a campaign saw: a pure function from a history to the guarantees that it breaks. */
@NullMarked
package io.idempotency.campaign.check;

import org.jspecify.annotations.NullMarked;
