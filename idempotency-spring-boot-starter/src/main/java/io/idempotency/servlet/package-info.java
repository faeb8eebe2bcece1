/** The filter around annotated controllers, and what HTTP asks of it. */
@NullMarked
package io.idempotency.servlet;

import org.jspecify.annotations.NullMarked;
