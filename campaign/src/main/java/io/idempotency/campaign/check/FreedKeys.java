package io.idempotency.campaign.check;

import java.util.ArrayList;
import java.util.List;

/**
 * G6: a key whose answer is known is in progress nowhere, so that the quickest honest retry is a replay.
 *
 * <p>A node that another request for the key still hangs on, because its database does not answer, cannot know.
 */
final class FreedKeys implements Rule {

    @Override
    public List<String> breaches(Case known) {
        List<String> breaches = new ArrayList<>();
        for (Exchange asked : known.answered()) {
            if (asked.kind() == Kind.IN_PROGRESS && !isBehindAnother(known, asked)) {
                known.kept().stream()
                        .filter(earlier -> asked.repeats(earlier) && asked.follows(earlier))
                        .findFirst()
                        .map(earlier ->
                                "Request %d had been answered %s before request %d was sent, which was told to wait for it."
                                        .formatted(
                                                earlier.request(),
                                                earlier.answer().label(),
                                                asked.request()))
                        .ifPresent(breaches::add);
            }
        }
        return breaches;
    }

    private static boolean isBehindAnother(Case known, Exchange asked) {
        return known.exchanges().stream()
                .anyMatch(other -> other.request() != asked.request()
                        && other.sent().node().equals(asked.sent().node())
                        && other.sentAt() < asked.over()
                        && (other.over() > asked.sentAt() || other.said() == null)
                        && !known.hasEndedBefore(other, asked.sentAt()));
    }
}
