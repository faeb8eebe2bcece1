package io.idempotency.campaign.check;

/**
 * What depends on the endpoint that was asked, or on how the run ended.
 *
 * @param outcomeUnknownIsFinal whether the endpoint refuses to take over, so that 409 {@code outcome-unknown} settles a key
 * @param everySubjectSettles whether the run swept every key after its last fault, so that each has to be settled
 */
public record Expectations(boolean outcomeUnknownIsFinal, boolean everySubjectSettles) {

    /** An endpoint that executes again what was left, in a run that ended with a sweep. */
    public static final Expectations USUAL = new Expectations(false, true);
}
