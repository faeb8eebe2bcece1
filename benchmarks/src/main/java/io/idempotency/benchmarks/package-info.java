/** What the library costs, measured beside the same application without it. */
@NullMarked
package io.idempotency.benchmarks;

import org.jspecify.annotations.NullMarked;
