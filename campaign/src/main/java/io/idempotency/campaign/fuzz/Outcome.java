package io.idempotency.campaign.fuzz;

/**
 * What became of an input.
 *
 * @param verdict what the library made of it
 * @param feature tells inputs apart that took different ways; the first one of each is worth keeping
 */
record Outcome(Verdict verdict, String feature) {

    /** What the library makes of an input. */
    enum Verdict {
        ACCEPTED,
        REFUSED,
        FALLBACK
    }

    static Outcome accepted(String feature) {
        return new Outcome(Verdict.ACCEPTED, feature);
    }

    static Outcome refused(String feature) {
        return new Outcome(Verdict.REFUSED, feature);
    }

    static Outcome fallback(String feature) {
        return new Outcome(Verdict.FALLBACK, feature);
    }

    /** The magnitude of a size. */
    static int magnitude(int size) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(size);
    }
}
