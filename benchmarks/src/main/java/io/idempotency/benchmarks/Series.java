package io.idempotency.benchmarks;

/** One subject under one workload: a row of a scenario's table. */
record Series(String label, Subject subject, Workload workload) {}
