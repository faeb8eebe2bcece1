/** Microbenchmarks of what a guarded request runs through; in the package of what they measure. */
@NullMarked
package io.idempotency.servlet;

import org.jspecify.annotations.NullMarked;
