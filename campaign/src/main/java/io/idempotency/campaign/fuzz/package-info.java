/** What strangers may send: the library's parsers and a running service are fed with it, and what must hold whatever comes is looked at. */
@NullMarked
package io.idempotency.campaign.fuzz;

import org.jspecify.annotations.NullMarked;
