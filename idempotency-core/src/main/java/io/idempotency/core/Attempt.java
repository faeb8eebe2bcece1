package io.idempotency.core;

/**
 * Which time it is that a request is executed.
 *
 * @param number 1 for the first; it starts again where an earlier attempt left nothing behind
 * @param takeover whether the lease of the attempt before ended unsettled, so that what took effect of it is unknown
 * @param steps what earlier attempts recorded
 */
public record Attempt(int number, boolean takeover, Steps steps) {

    /** The attempt that finds nothing. */
    public static final Attempt FIRST = new Attempt(1, false, Steps.NONE);
}
