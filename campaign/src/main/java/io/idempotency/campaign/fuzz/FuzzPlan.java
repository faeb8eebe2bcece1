package io.idempotency.campaign.fuzz;

/**
 * How much is tried.
 *
 * @param seed what all choices follow from
 * @param executions how many inputs the parsers get, all of them together
 * @param requests how many requests are sent over sockets
 */
public record FuzzPlan(long seed, long executions, long requests) {

    private static final long MOST = 10_000_000_000L;

    /** Keeps a run from having no end. */
    public FuzzPlan {
        if (executions < 0 || executions > MOST || requests < 0 || requests > MOST) {
            throw new IllegalArgumentException("Choose between 0 and " + MOST + " executions and requests.");
        }
    }
}
