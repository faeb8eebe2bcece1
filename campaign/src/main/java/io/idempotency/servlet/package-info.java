/** The way in to the parsers of the library, which nobody outside of their package may call; in the package of what is fuzzed. */
@NullMarked
package io.idempotency.servlet;

import org.jspecify.annotations.NullMarked;
