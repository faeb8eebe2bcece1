/** A service whose transactions go wrong in every way that the tests ask for. */
@NullMarked
package io.idempotency.it.ledger;

import org.jspecify.annotations.NullMarked;
