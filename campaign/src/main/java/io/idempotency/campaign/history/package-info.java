/** What a campaign saw: requests, answers, executions and faults, in the order in which they became known. */
@NullMarked
package io.idempotency.campaign.history;

import org.jspecify.annotations.NullMarked;
