/** Keeps the documents true. */
@NullMarked
package io.idempotency.documentation;

import org.jspecify.annotations.NullMarked;
