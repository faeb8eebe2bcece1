package io.idempotency.campaign.check;

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
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a history, and what goes when one of them is taken away: with a request what it set going, with an execution the answers
 * that name it. Whatever is left could have been seen.
 */
final class Related {

    private final Map<Long, String> namedByAnswer = new HashMap<>();

    Related(List<Event> events) {
        for (Event event : events) {
            if (event instanceof Answered answered) {
                String execution = AnswerReader.read(answered.answer()).execution();
                if (!execution.isEmpty()) {
                    namedByAnswer.put(answered.request(), execution);
                }
            }
        }
    }

    /** Something that can be taken away. */
    sealed interface Part {

        record Request(long number) implements Part {}

        record Execution(String name) implements Part {}

        record Question(Provided event) implements Part {}
    }

    static List<Part> parts(List<Event> events) {
        Set<Part> parts = new LinkedHashSet<>();
        for (Event event : events) {
            Long request = request(event);
            parts.add(request == null ? new Part.Execution(execution(event)) : new Part.Request(request));
            if (event instanceof Provided provided) {
                parts.add(new Part.Question(provided));
            }
        }
        return List.copyOf(parts);
    }

    /** What is left of the events without the parts and all that depends on them. */
    List<Event> without(List<Event> events, Collection<Part> parts) {
        Set<Part> gone = new HashSet<>(parts);
        int before;
        do {
            before = gone.size();
            events.forEach(event -> takeAlong(event, gone));
        } while (gone.size() > before);
        List<Event> left = new ArrayList<>(events.size());
        for (Event event : events) {
            if (!isGone(event, gone)) {
                left.add(event);
            }
        }
        return left;
    }

    private void takeAlong(Event event, Set<Part> gone) {
        if (event instanceof Entered entered && gone.contains(new Part.Request(entered.request()))) {
            gone.add(new Part.Execution(entered.execution()));
        } else if (event instanceof Answered answered) {
            String execution = namedByAnswer.get(answered.request());
            if (execution != null && gone.contains(new Part.Execution(execution))) {
                gone.add(new Part.Request(answered.request()));
            }
        }
    }

    private static boolean isGone(Event event, Set<Part> gone) {
        Long request = request(event);
        if (request != null) {
            return gone.contains(new Part.Request(request));
        }
        return gone.contains(new Part.Execution(execution(event)))
                || (event instanceof Provided provided && gone.contains(new Part.Question(provided)));
    }

    /** The request that an event of the wire belongs to, or null for an event of an execution. */
    private static @Nullable Long request(Event event) {
        if (event instanceof Sent sent) {
            return sent.request();
        }
        if (event instanceof Answered answered) {
            return answered.request();
        }
        if (event instanceof Ended ended) {
            return ended.request();
        }
        return event instanceof Unanswered unanswered ? unanswered.request() : null;
    }

    /** The execution that any other event belongs to. */
    static String execution(Event event) {
        if (event instanceof Entered entered) {
            return entered.execution();
        }
        if (event instanceof Left left) {
            return left.execution();
        }
        if (event instanceof Unprotected unprotected) {
            return unprotected.execution();
        }
        if (event instanceof Provided provided) {
            return provided.execution();
        }
        return event instanceof Committed effect ? effect.execution() : "";
    }
}
