/** The contract suite that every {@link io.idempotency.core.IdempotencyStore} passes, published for the authors of stores. */
@NullMarked
package io.idempotency.core.contract;

import org.jspecify.annotations.NullMarked;
