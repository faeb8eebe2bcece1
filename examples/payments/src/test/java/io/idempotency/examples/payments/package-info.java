/** The service at work: started on its own, and held to its README. */
@NullMarked
package io.idempotency.examples.payments;

import org.jspecify.annotations.NullMarked;
