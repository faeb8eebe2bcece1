package io.idempotency.campaign.check;

import io.idempotency.campaign.history.Event.Sent;
import org.jspecify.annotations.Nullable;

/**
 * A request with its answer, if there was one.
 *
 * @param sent the request
 * @param sentAt its place among the subject's events
 * @param over the place where its answer, or the lack of one, became known; after all events if it never did
 * @param said the answer, or null
 */
record Exchange(Sent sent, int sentAt, int over, @Nullable Said said) {

    static Exchange open(Sent sent, int sentAt) {
        return new Exchange(sent, sentAt, Integer.MAX_VALUE, null);
    }

    Exchange answered(int at, Said answer) {
        return new Exchange(sent, sentAt, at, answer);
    }

    Exchange unanswered(int at) {
        return new Exchange(sent, sentAt, at, null);
    }

    boolean isOver() {
        return over != Integer.MAX_VALUE;
    }

    long request() {
        return sent.request();
    }

    int generation() {
        return sent.generation();
    }

    String body() {
        return sent.body();
    }

    /** The answer of an exchange that is known to have one. */
    Said answer() {
        if (said == null) {
            throw new IllegalStateException("Request " + request() + " has no answer.");
        }
        return said;
    }

    Kind kind() {
        return answer().kind();
    }

    /** Whether this is the same request as another: sent again, in the same generation. */
    boolean repeats(Exchange other) {
        return generation() == other.generation() && body().equals(other.body());
    }

    /** Whether this was sent by somebody who could know the other's answer. */
    boolean follows(Exchange other) {
        return other.over < sentAt;
    }
}
