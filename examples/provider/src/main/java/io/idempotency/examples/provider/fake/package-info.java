/** Stands in for a payment provider: it honours a key of its callers, and goes wrong when asked to. */
@NullMarked
package io.idempotency.examples.provider.fake;

import org.jspecify.annotations.NullMarked;
