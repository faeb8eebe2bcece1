package io.idempotency.campaign.check;

import io.idempotency.campaign.history.Answer;

/**
 * An answer that was read.
 *
 * @param answer the answer
 * @param kind what it means
 * @param label its status and what there is to say of it, for people
 * @param execution the handler's run that made it, or empty if none did
 * @param principal whom it was made for, or empty
 * @param request what was asked for when it was made, or empty
 */
record Said(Answer answer, Kind kind, String label, String execution, String principal, String request) {

    /** Whether a client takes it for one that its request was carried out. */
    boolean isSuccess() {
        return answer.status() < 400;
    }

    boolean isReplay() {
        return answer.isReplay();
    }
}
