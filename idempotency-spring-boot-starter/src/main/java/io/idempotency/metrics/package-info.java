/** What is measured, published through Micrometer. */
@NullMarked
package io.idempotency.metrics;

import org.jspecify.annotations.NullMarked;
