/** The contract, asked for over real sockets of a real container with a real database. */
@NullMarked
package io.idempotency.it;

import org.jspecify.annotations.NullMarked;
