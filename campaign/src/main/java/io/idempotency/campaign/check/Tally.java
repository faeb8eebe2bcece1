package io.idempotency.campaign.check;

import io.idempotency.campaign.history.Event.Unprotected;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How much a history holds.
 *
 * @param subjects keys, each with whose it is
 * @param generations of all keys, as far as something was asked for in them
 * @param requests what was sent
 * @param unanswered how many of the requests got no answer
 * @param answers the others, by status and meaning
 * @param executions starts of handlers
 * @param unprotected how many handlers lost their protection while they ran
 * @param questions what handlers asked other systems
 * @param effects what was found committed
 */
public record Tally(
        long subjects,
        long generations,
        long requests,
        long unanswered,
        SortedMap<String, Long> answers,
        long executions,
        long unprotected,
        long questions,
        long effects) {

    /** Of no history. */
    public static final Tally NONE = new Tally(0, 0, 0, 0, new TreeMap<>(), 0, 0, 0, 0);

    /** Keeps what it is given from changing. */
    public Tally {
        answers = Collections.unmodifiableSortedMap(new TreeMap<>(answers));
    }

    static Tally of(Case known) {
        SortedMap<String, Long> answers = new TreeMap<>();
        known.answered().forEach(exchange -> answers.merge(exchange.answer().label(), 1L, Long::sum));
        long requests = known.exchanges().size();
        return new Tally(
                1,
                known.exchanges().stream()
                        .mapToInt(Exchange::generation)
                        .distinct()
                        .count(),
                requests,
                requests - known.answered().size(),
                answers,
                known.executions().size(),
                known.events().stream().filter(Unprotected.class::isInstance).count(),
                known.provided().size(),
                known.effects().size());
    }

    /** Both together. */
    public Tally plus(Tally other) {
        SortedMap<String, Long> sums = new TreeMap<>(answers);
        other.answers.forEach((label, count) -> sums.merge(label, count, Long::sum));
        return new Tally(
                subjects + other.subjects,
                generations + other.generations,
                requests + other.requests,
                unanswered + other.unanswered,
                sums,
                executions + other.executions,
                unprotected + other.unprotected,
                questions + other.questions,
                effects + other.effects);
    }

    @Override
    public String toString() {
        return "%,d keys in %,d generations, %,d requests, %,d without an answer%n"
                        .formatted(subjects, generations, requests, unanswered)
                + "%,d executions, %,d lost their protection, %,d questions to another system, %,d effects%n"
                        .formatted(executions, unprotected, questions, effects)
                + answers.entrySet().stream()
                        .map(answer -> "%,12d  %s%n".formatted(answer.getValue(), answer.getKey()))
                        .collect(Collectors.joining());
    }
}
