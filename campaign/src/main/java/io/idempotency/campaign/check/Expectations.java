package io.idempotency.campaign.check;

/**
 * What depends on the endpoint that was asked.
 *
 * @param outcomeUnknownIsFinal whether the endpoint refuses to take over, so that 409 {@code outcome-unknown} settles a key
 */
public record Expectations(boolean outcomeUnknownIsFinal) {}
