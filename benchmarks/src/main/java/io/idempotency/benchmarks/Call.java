package io.idempotency.benchmarks;

import java.util.Set;

/** One request to make, and the answers that are right. */
record Call(String key, Set<Answer> expected) {}
