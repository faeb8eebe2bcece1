package io.idempotency.campaign.check;

import io.idempotency.campaign.history.Event;
import io.idempotency.campaign.history.Event.Answered;
import io.idempotency.campaign.history.Event.Entered;
import io.idempotency.campaign.history.Event.OfExecution;
import io.idempotency.campaign.history.Event.OfRequest;
import io.idempotency.campaign.history.Event.Provided;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
            parts.add(partOf(event));
            if (event instanceof Provided provided) {
                parts.add(new Part.Question(provided));
            }
        }
        return List.copyOf(parts);
    }

    /** What an event goes with. */
    private static Part partOf(Event event) {
        return event instanceof OfRequest asked
                ? new Part.Request(asked.request())
                : new Part.Execution(((OfExecution) event).execution());
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
        return gone.contains(partOf(event))
                || (event instanceof Provided provided && gone.contains(new Part.Question(provided)));
    }
}
