package io.idempotency.campaign.check;

import io.idempotency.campaign.history.Event;
import io.idempotency.campaign.history.Event.Answered;
import io.idempotency.campaign.history.Event.Committed;
import io.idempotency.campaign.history.Event.Ended;
import io.idempotency.campaign.history.Event.Entered;
import io.idempotency.campaign.history.Event.Provided;
import io.idempotency.campaign.history.Event.Sent;
import io.idempotency.campaign.history.Event.Unanswered;
import io.idempotency.campaign.history.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The events of one subject, brought into relation. */
final class Case {

    private final Subject subject;
    private final List<Event> events;
    private final Expectations expectations;
    private final Map<Long, Exchange> exchanges = new LinkedHashMap<>();
    private final Map<Long, Integer> ended = new HashMap<>();
    private final List<Exchange> answered = new ArrayList<>();
    private final Map<String, Entered> executions = new LinkedHashMap<>();
    private final List<Committed> effects = new ArrayList<>();
    private final List<Provided> provided = new ArrayList<>();
    private final List<Exchange> kept;

    /**
     * Reads a history.
     *
     * @throws IllegalArgumentException if no client can have seen it: an answer to nothing, or a second one
     */
    Case(Subject subject, List<Event> events, Expectations expectations) {
        this.subject = subject;
        this.events = events;
        this.expectations = expectations;
        for (int at = 0; at < events.size(); at++) {
            add(at, events.get(at));
        }
        this.kept = answered.stream()
                .filter(exchange -> exchange.kind().isKept() && isOwn(exchange))
                .toList();
    }

    private void add(int at, Event event) {
        if (event instanceof Sent sent) {
            if (exchanges.put(sent.request(), Exchange.open(sent, at)) != null) {
                throw impossible(event);
            }
        } else if (event instanceof Answered answer) {
            Exchange exchange = open(answer.request(), event).answered(at, AnswerReader.read(answer.answer()));
            exchanges.put(answer.request(), exchange);
            answered.add(exchange);
        } else if (event instanceof Unanswered lost) {
            exchanges.put(lost.request(), open(lost.request(), event).unanswered(at));
        } else if (event instanceof Ended end) {
            ended.put(end.request(), at);
        } else if (event instanceof Entered entered) {
            executions.put(entered.execution(), entered);
        } else if (event instanceof Committed effect) {
            effects.add(effect);
        } else if (event instanceof Provided child) {
            provided.add(child);
        }
    }

    private Exchange open(long request, Event event) {
        Exchange exchange = exchanges.get(request);
        if (exchange == null || exchange.isOver()) {
            throw impossible(event);
        }
        return exchange;
    }

    private IllegalArgumentException impossible(Event event) {
        return new IllegalArgumentException("The history of " + subject
                + " cannot be judged, because a request of it was sent twice, answered twice, or answered before it was sent: "
                + Line.of(event).strip() + ". Look at what records it.");
    }

    Subject subject() {
        return subject;
    }

    Expectations expectations() {
        return expectations;
    }

    List<Event> events() {
        return events;
    }

    /** All requests, in the order in which they were sent. */
    Collection<Exchange> exchanges() {
        return exchanges.values();
    }

    /** The requests that were answered, in the order of their answers. */
    List<Exchange> answered() {
        return answered;
    }

    /** The answers that are kept and were made for this subject, in their order. */
    List<Exchange> kept() {
        return kept;
    }

    /** Whether the node was known to be done with a request at a place among the events. */
    boolean hasEndedBefore(Exchange exchange, int at) {
        return ended.getOrDefault(exchange.request(), Integer.MAX_VALUE) < at;
    }

    /** The handlers' runs, in the order of their starts. */
    Collection<Entered> executions() {
        return executions.values();
    }

    List<Committed> effects() {
        return effects;
    }

    List<Provided> provided() {
        return provided;
    }

    /** The start of an execution, or null if it is not known. */
    @Nullable
    Entered start(String execution) {
        return executions.get(execution);
    }

    /** The request that an execution belongs to, or null if it is not known. */
    @Nullable
    Exchange askedBy(String execution) {
        Entered entered = executions.get(execution);
        return entered == null ? null : exchanges.get(entered.request());
    }

    /** Whether an answer that names an execution was made for this subject's principal. */
    boolean isOwn(Exchange exchange) {
        return exchange.answer().principal().equals(subject.principal());
    }

    boolean hasEffect(String execution) {
        return effects.stream().anyMatch(effect -> effect.execution().equals(execution));
    }

    boolean hasEffect(String execution, int generation) {
        return effects.stream()
                .anyMatch(effect ->
                        effect.generation() == generation && effect.execution().equals(execution));
    }
}
