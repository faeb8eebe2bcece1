package io.idempotency.campaign.check;

import io.idempotency.campaign.history.Event;
import io.idempotency.campaign.history.Event.Answered;
import io.idempotency.campaign.history.Event.OfExecution;
import io.idempotency.campaign.history.Event.Sent;
import io.idempotency.campaign.history.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which subject every execution of a run belongs to. */
final class Owners {

    private final Map<Subject, List<Event>> history;
    private final Map<String, Subject> owners = new HashMap<>();

    /** Whoever executed is the owner, wherever the execution is named. */
    Owners(Map<Subject, List<Event>> history) {
        this.history = history;
        history.forEach((subject, events) -> {
            for (Event event : events) {
                if (event instanceof OfExecution named) {
                    owners.putIfAbsent(named.execution(), subject);
                }
            }
        });
    }

    /** The first of a subject's events that names another one's execution, as a violation. */
    Optional<Violation> trespass(Case known) {
        for (Event event : known.events()) {
            if (event instanceof OfExecution named) {
                Optional<Violation> trespass = judge(known, event, named.execution());
                if (trespass.isPresent()) {
                    return trespass;
                }
            }
        }
        return known.answered().stream()
                .filter(exchange -> exchange.kind().namesExecution())
                .flatMap(exchange ->
                        judge(
                                known,
                                known.events().get(exchange.over()),
                                exchange.answer().execution())
                                .stream())
                .findFirst();
    }

    private Optional<Violation> judge(Case known, Event event, String execution) {
        Subject owner = owners.putIfAbsent(execution, known.subject());
        if (owner == null || owner.equals(known.subject())) {
            return Optional.empty();
        }
        List<Event> both = new ArrayList<>();
        history.getOrDefault(owner, List.of()).stream()
                .filter(other -> names(other, execution))
                .findFirst()
                .ifPresent(both::add);
        known.events().stream().filter(other -> asks(other, event)).forEach(both::add);
        both.add(event);
        return Optional.of(new Violation(
                Guarantee.G5,
                known.subject(),
                "Execution %s belongs to %s, and %s knows of it.".formatted(execution, owner, known.subject()),
                both));
    }

    private static boolean names(Event event, String execution) {
        return event instanceof Answered answered
                ? AnswerReader.read(answered.answer()).execution().equals(execution)
                : event instanceof OfExecution named && named.execution().equals(execution);
    }

    private static boolean asks(Event event, Event answer) {
        return event instanceof Sent sent
                && answer instanceof Answered answered
                && sent.request() == answered.request();
    }
}
