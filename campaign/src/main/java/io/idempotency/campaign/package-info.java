/** The fault campaign's way in. */
@NullMarked
package io.idempotency.campaign;

import org.jspecify.annotations.NullMarked;
