package io.idempotency.campaign.check;

import io.idempotency.campaign.history.Event.Entered;
import java.util.ArrayList;
import java.util.List;

/** G2: what was answered for good stays on record, so that whoever knows the answer and asks again starts nothing. */
final class LastingAnswers implements Rule {

    @Override
    public List<String> breaches(Case known) {
        if (known.executions().size() < 2) {
            return List.of();
        }
        List<Exchange> kept = known.kept();
        List<String> breaches = new ArrayList<>();
        for (Entered entered : known.executions()) {
            Exchange asked = known.askedBy(entered.execution());
            if (asked != null) {
                kept.stream()
                        .filter(earlier -> asked.repeats(earlier) && asked.follows(earlier))
                        .findFirst()
                        .map(earlier ->
                                "Request %d had been answered %s before request %d was sent, which was executed as %s."
                                        .formatted(
                                                earlier.request(),
                                                earlier.answer().label(),
                                                asked.request(),
                                                entered.execution()))
                        .ifPresent(breaches::add);
            }
        }
        return breaches;
    }
}
