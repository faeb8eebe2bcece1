/** What a campaign says while it runs, and what it found when it is over. */
@NullMarked
package io.idempotency.campaign.report;

import org.jspecify.annotations.NullMarked;
