package io.idempotency.campaign.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** G3: all final answers to a request are the same answer, and one of them at most is the first. */
final class OneAnswer implements Rule {

    @Override
    public List<String> breaches(Case known) {
        List<String> breaches = new ArrayList<>();
        Map<Asked, List<Exchange>> groups = new HashMap<>();
        for (Exchange exchange : known.kept()) {
            groups.computeIfAbsent(Asked.by(exchange), unused -> new ArrayList<>())
                    .add(exchange);
        }
        for (Exchange exchange : known.answered()) {
            List<Exchange> same = groups.getOrDefault(Asked.by(exchange), List.of());
            if (!same.isEmpty()) {
                forgotten(same.get(0), exchange, breaches);
            }
        }
        for (Exchange exchange : known.kept()) {
            compare(first(groups.getOrDefault(Asked.by(exchange), List.of(exchange))), exchange, breaches);
        }
        return breaches;
    }

    private static void forgotten(Exchange earlier, Exchange exchange, List<String> breaches) {
        if (exchange.kind() == Kind.ABANDONED && exchange.follows(earlier)) {
            breaches.add("Request %d had been answered %s before request %d was sent, which was answered %s."
                    .formatted(
                            earlier.request(),
                            earlier.answer().label(),
                            exchange.request(),
                            exchange.answer().label()));
        }
    }

    private static void compare(Exchange first, Exchange exchange, List<String> breaches) {
        if (first.request() == exchange.request()) {
            return;
        }
        if (!first.answer().isReplay() && !exchange.answer().isReplay()) {
            breaches.add("Neither the answer to request %d nor the one to request %d is marked as a replay."
                    .formatted(first.request(), exchange.request()));
        }
        String difference =
                Difference.between(first.answer().answer(), exchange.answer().answer());
        if (!difference.isEmpty()) {
            breaches.add("The answers to request %d and to request %d differ: %s."
                    .formatted(first.request(), exchange.request(), difference));
        }
    }

    private static Exchange first(List<Exchange> same) {
        return same.stream()
                .filter(exchange -> !exchange.answer().isReplay())
                .findFirst()
                .orElse(same.get(0));
    }

    /** What was asked for. */
    private record Asked(int generation, String body) {

        static Asked by(Exchange exchange) {
            return new Asked(exchange.generation(), exchange.body());
        }
    }
}
