package io.idempotency.servlet;

import java.util.List;

/**
 * What one endpoint compares of its requests.
 *
 * @param raw whether JSON and forms are compared byte by byte
 * @param ignored members of a JSON body that are left out
 * @param headers names of header fields that count
 */
record FingerprintOptions(boolean raw, IgnoredMembers ignored, List<String> headers) {}
