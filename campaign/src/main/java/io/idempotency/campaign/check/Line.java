package io.idempotency.campaign.check;

import io.idempotency.campaign.history.Answer;
import io.idempotency.campaign.history.Event;
import io.idempotency.campaign.history.Event.Answered;
import io.idempotency.campaign.history.Event.Committed;
import io.idempotency.campaign.history.Event.Ended;
import io.idempotency.campaign.history.Event.Entered;
import io.idempotency.campaign.history.Event.Left;
import io.idempotency.campaign.history.Event.Provided;
import io.idempotency.campaign.history.Event.Sent;
import io.idempotency.campaign.history.Event.Unanswered;
import io.idempotency.campaign.history.Event.Unprotected;
import java.util.TreeMap;

/** An event as a line of text. */
final class Line {

    private static final int LONGEST_TEXT = 300;

    private Line() {}

    static String of(Event event) {
        return "%8d  %s".formatted(event.at(), event instanceof Committed effect ? effect(effect) : wire(event));
    }

    private static String wire(Event event) {
        if (event instanceof Sent sent) {
            return "request %d to %s asks for %s (generation %d)"
                    .formatted(sent.request(), sent.node(), shortened(sent.body()), sent.generation());
        }
        if (event instanceof Answered answered) {
            return "request " + answered.request() + " is answered " + answer(answered.answer());
        }
        if (event instanceof Unanswered unanswered) {
            return "request " + unanswered.request() + " gets no answer: " + unanswered.why();
        }
        if (event instanceof Ended ended) {
            return "request " + ended.request() + " is over on its node";
        }
        return handler(event);
    }

    private static String handler(Event event) {
        if (event instanceof Entered entered) {
            return "execution %s starts on %s for request %d"
                    .formatted(entered.execution(), entered.node(), entered.request());
        }
        if (event instanceof Left left) {
            return "execution " + left.execution() + " is over";
        }
        if (event instanceof Unprotected unprotected) {
            return "execution " + unprotected.execution() + " loses its protection: " + unprotected.fault();
        }
        if (event instanceof Provided provided) {
            return "execution " + provided.execution() + " asks another system under " + provided.childKey();
        }
        return event.toString();
    }

    private static String effect(Committed effect) {
        return "execution %s has an effect for %s (generation %d)"
                .formatted(effect.execution(), shortened(effect.body()), effect.generation());
    }

    private static String answer(Answer answer) {
        return answer.status() + " " + new TreeMap<>(answer.headers()) + " " + shortened(answer.body());
    }

    static String shortened(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }
}
