/** The PostgreSQL server that tests run against. */
@NullMarked
package io.idempotency.jdbc.testing;

import org.jspecify.annotations.NullMarked;
