package io.idempotency.campaign.fuzz;

/** Something does not hold that must hold whatever is sent. */
final class ViolationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ViolationException(String what) {
        super(what);
    }

    static void unless(boolean holds, String promise) {
        if (!holds) {
            throw new ViolationException("Not true: " + promise + ".");
        }
    }
}
