package io.idempotency.campaign.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** G4: a key is reused only if somebody else has used it. */
final class HonestRetries implements Rule {

    @Override
    public List<String> breaches(Case known) {
        List<String> breaches = new ArrayList<>();
        for (Exchange refused : known.answered()) {
            if (refused.kind() == Kind.KEY_REUSED) {
                judge(known, refused, breaches);
            }
        }
        return breaches;
    }

    private static void judge(Case known, Exchange refused, List<String> breaches) {
        Optional<Exchange> answered = known.kept().stream()
                .filter(first -> refused.repeats(first) && refused.follows(first))
                .findFirst();
        if (answered.isPresent()) {
            breaches.add("Request %d had been answered before its retry, request %d, was answered %s."
                    .formatted(
                            answered.get().request(),
                            refused.request(),
                            refused.answer().label()));
        } else if (known.exchanges().stream().noneMatch(other -> mayHaveClaimedBefore(refused, other))) {
            breaches.add("Request %d was answered %s, and nothing else had been asked for that could have the key."
                    .formatted(refused.request(), refused.answer().label()));
        }
    }

    /** A request that was refused itself has claimed nothing. */
    private static boolean mayHaveClaimedBefore(Exchange refused, Exchange other) {
        return other.generation() == refused.generation()
                && other.sentAt() < refused.over()
                && !other.body().equals(refused.body())
                && (other.said() == null || other.kind() != Kind.KEY_REUSED);
    }
}
