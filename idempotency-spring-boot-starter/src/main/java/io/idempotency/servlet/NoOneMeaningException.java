package io.idempotency.servlet;

/** A body that cannot be compared by its meaning, as it is not valid JSON or can be read in more than one way. */
final class NoOneMeaningException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Clients cause it at will and nobody reads it: it has neither message nor stack trace. */
    private NoOneMeaningException() {
        super(null, null, false, false);
    }

    static void unless(boolean oneMeaning) throws NoOneMeaningException {
        if (!oneMeaning) {
            throw new NoOneMeaningException();
        }
    }
}
