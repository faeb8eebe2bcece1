/** The rule kept in PostgreSQL: one table, one row per key, written in the transaction of the business. */
@NullMarked
package io.idempotency.jdbc;

import org.jspecify.annotations.NullMarked;
