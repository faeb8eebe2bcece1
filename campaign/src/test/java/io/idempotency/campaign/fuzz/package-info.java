/** Whether the fuzzer finds what it must, and what it found once. */
@NullMarked
package io.idempotency.campaign.fuzz;

import org.jspecify.annotations.NullMarked;
