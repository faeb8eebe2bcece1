package io.idempotency.campaign.check;

import io.idempotency.campaign.history.Event.Entered;
import java.util.ArrayList;
import java.util.List;

/** G3: a replay is marked as one and whole in itself, and nothing else is marked. */
final class HonestMarkers implements Rule {

    @Override
    public List<String> breaches(Case known) {
        List<String> breaches = new ArrayList<>();
        for (Exchange exchange : known.answered()) {
            Said said = exchange.answer();
            boolean kept = said.kind().isKept() && known.isOwn(exchange);
            if (said.isReplay() && (kept || said.kind() == Kind.DAMAGED)) {
                String flaw = DocumentedAnswers.flawOfReplay(said);
                if (!flaw.isEmpty()) {
                    breaches.add("The replay to request %d %s.".formatted(exchange.request(), flaw));
                }
            }
            Entered start = kept ? known.start(said.execution()) : null;
            if (start != null && said.isReplay() == (start.request() == exchange.request())) {
                breaches.add("The answer to request %d is %s, and execution %s, which made it, belongs to request %d."
                        .formatted(
                                exchange.request(),
                                said.isReplay() ? "marked as a replay" : "not marked as a replay",
                                said.execution(),
                                start.request()));
            }
        }
        return breaches;
    }
}
