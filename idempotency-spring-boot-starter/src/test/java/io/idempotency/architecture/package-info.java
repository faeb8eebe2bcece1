/** Keeps the arrows between the packages. */
@NullMarked
package io.idempotency.architecture;

import org.jspecify.annotations.NullMarked;
