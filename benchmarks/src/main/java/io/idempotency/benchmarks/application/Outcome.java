package io.idempotency.benchmarks.application;

/**
 * What a key's request led to.
 *
 * @param sameRequest whether the request is the one that first used the key
 * @param replayed whether it was answered before
 */
record Outcome(int status, String location, String body, boolean sameRequest, boolean replayed) {}
