package io.idempotency.campaign.check;

import io.idempotency.campaign.history.Event.Committed;
import io.idempotency.campaign.history.Event.Entered;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** G4: all answers and effects of a key belong to one request. */
final class OneRequest implements Rule {

    @Override
    public List<String> breaches(Case known) {
        List<String> breaches = new ArrayList<>();
        for (Exchange exchange : known.answered()) {
            if (exchange.kind().namesExecution() && known.isOwn(exchange)) {
                judgeContent(exchange, breaches);
            }
        }
        List<Exchange> kept = known.kept();
        for (Exchange exchange : kept) {
            contradicted(kept, exchange)
                    .map(first -> "Request %d and request %d ask for different things, and both were answered for good."
                            .formatted(first.request(), exchange.request()))
                    .ifPresent(breaches::add);
        }
        known.effects().forEach(effect -> judgeEffect(known, kept, effect, breaches));
        if (known.executions().size() > 1) {
            known.executions().forEach(entered -> judgeExecution(known, kept, entered, breaches));
        }
        return breaches;
    }

    private static void judgeContent(Exchange exchange, List<String> breaches) {
        Said said = exchange.answer();
        if (!said.request().equals(exchange.body())) {
            breaches.add("Request %d asked for %s and got what was made for %s."
                    .formatted(exchange.request(), Line.shortened(exchange.body()), Line.shortened(said.request())));
        }
    }

    private static void judgeEffect(Case known, List<Exchange> kept, Committed effect, List<String> breaches) {
        Exchange asked = known.askedBy(effect.execution());
        if (asked != null && !asked.body().equals(effect.body())) {
            breaches.add("Request %d was executed as %s, whose effect is for another request."
                    .formatted(asked.request(), effect.execution()));
            return;
        }
        kept.stream()
                .filter(exchange -> exchange.generation() == effect.generation())
                .findFirst()
                .filter(exchange -> !exchange.answer().request().equals(effect.body()))
                .map(exchange -> "Request %d was answered %s, and execution %s has an effect for another request."
                        .formatted(exchange.request(), exchange.answer().label(), effect.execution()))
                .ifPresent(breaches::add);
    }

    /** Nothing is executed for whoever asks for something else after the key was answered. */
    private static void judgeExecution(Case known, List<Exchange> kept, Entered entered, List<String> breaches) {
        Exchange asked = known.askedBy(entered.execution());
        if (asked != null) {
            contradicted(kept, asked)
                    .filter(asked::follows)
                    .map(first ->
                            "Request %d had been answered before request %d asked for something else, and execution %s ran."
                                    .formatted(first.request(), asked.request(), entered.execution()))
                    .ifPresent(breaches::add);
        }
    }

    /** The first answer of the generation, if it is to another request. */
    private static Optional<Exchange> contradicted(List<Exchange> kept, Exchange exchange) {
        return kept.stream()
                .filter(first -> first.generation() == exchange.generation())
                .findFirst()
                .filter(first -> !first.body().equals(exchange.body()));
    }
}
