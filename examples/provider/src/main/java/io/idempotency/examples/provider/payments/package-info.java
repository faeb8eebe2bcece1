/** The service: it reserves, lets the provider charge, and books. */
@NullMarked
package io.idempotency.examples.provider.payments;

import org.jspecify.annotations.NullMarked;
