/** The rule: what a key's four states are, who may execute, what is kept, and what a store must promise for it. */
@NullMarked
package io.idempotency.core;

import org.jspecify.annotations.NullMarked;
