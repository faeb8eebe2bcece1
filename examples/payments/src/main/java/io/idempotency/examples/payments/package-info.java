/** A payment service whose POST endpoints are safe to retry. */
@NullMarked
package io.idempotency.examples.payments;

import org.jspecify.annotations.NullMarked;
