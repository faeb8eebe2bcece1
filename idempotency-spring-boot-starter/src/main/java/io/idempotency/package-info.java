/** What an application writes to make its endpoints safe to retry. */
@NullMarked
package io.idempotency;

import org.jspecify.annotations.NullMarked;
