package io.idempotency.campaign.check;

import java.util.List;

/** G6: the last request of a subject has an answer for good. */
final class Settled implements Rule {

    @Override
    public List<String> breaches(Case known) {
        if (known.exchanges().isEmpty()) {
            return List.of();
        }
        Exchange last = known.exchanges().stream().reduce((a, b) -> b).orElseThrow();
        if (last.said() == null) {
            return List.of("Request %d is the last one, and has no answer.".formatted(last.request()));
        }
        return last.kind().settles(known.expectations())
                ? List.of()
                : List.of("Request %d is the last one, and was answered %s."
                        .formatted(last.request(), last.answer().label()));
    }
}
