package io.idempotency.campaign.check;

import io.idempotency.campaign.history.Answer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a replay must share with the first answer, and does not. */
final class Difference {

    /** Of the connection, of the moment, or said only of replays. */
    private static final Set<String> FREE = Set.of(
            "date",
            "connection",
            "keep-alive",
            "content-length",
            "transfer-encoding",
            "cache-control",
            "idempotent-replayed");

    private Difference() {}

    /** The difference in words, empty if there is none. */
    static String between(Answer one, Answer other) {
        if (one.status() != other.status()) {
            return "the status is " + one.status() + " and " + other.status();
        }
        if (!one.body().equals(other.body())) {
            return "the content is " + Line.shortened(one.body()) + " and " + Line.shortened(other.body());
        }
        return headers(one, other);
    }

    private static String headers(Answer one, Answer other) {
        Set<String> names = new TreeSet<>(one.headers().keySet());
        names.addAll(other.headers().keySet());
        for (String name : names) {
            List<String> first = one.headers().getOrDefault(name, List.of());
            List<String> second = other.headers().getOrDefault(name, List.of());
            if (!FREE.contains(name) && !first.equals(second)) {
                return "the header " + name + " is " + first + " and " + second;
            }
        }
        return "";
    }
}
