/** Microbenchmarks of what the rule itself costs; in the package of what they measure. */
@NullMarked
package io.idempotency.core;

import org.jspecify.annotations.NullMarked;
