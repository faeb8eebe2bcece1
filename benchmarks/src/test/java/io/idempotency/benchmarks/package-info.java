/** What of the benchmark can be asserted anywhere: counts, not times. */
@NullMarked
package io.idempotency.benchmarks;

import org.jspecify.annotations.NullMarked;
