/** One small service, written three times: without idempotency, with it by hand, and with the library. */
@NullMarked
package io.idempotency.benchmarks.application;

import org.jspecify.annotations.NullMarked;
