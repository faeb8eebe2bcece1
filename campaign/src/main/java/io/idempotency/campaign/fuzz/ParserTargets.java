package io.idempotency.campaign.fuzz;

import java.util.ArrayList;
import java.util.List;

/** All parsers, and how many of all executions each of them gets. */
final class ParserTargets {

    private static final int PARTS = 20;

    /** Beyond these the committed corpus is no longer something that one can look through. */
    private static final int MOST_COMMITTED = 80;

    private static final int LONGEST_COMMITTED = 700;

    private ParserTargets() {}

    /**
     * A share.
     *
     * @param target who gets it
     * @param parts how many twentieths
     */
    record Share(Target target, int parts) {

        long of(long executions) {
            return executions * parts / PARTS;
        }
    }

    static List<Share> all() {
        return List.of(
                new Share(new KeyTarget(), 6),
                new Share(new JsonTarget(), 5),
                new Share(new FormTarget(), 4),
                new Share(new MultipartTarget(), 1),
                new Share(new CodecTarget(), 4));
    }

    /** Those that say most: the first of each way, no more of them than can be read. */
    static List<Corpus.Case> worthCommitting(List<Corpus.Case> kept) {
        List<Corpus.Case> chosen = new ArrayList<>();
        List<Corpus.Case> readable = kept.stream()
                .filter(one -> one.input().length() <= LONGEST_COMMITTED)
                .toList();
        int step = Math.max(1, readable.size() / MOST_COMMITTED);
        for (int i = 0; i < readable.size() && chosen.size() < MOST_COMMITTED; i += step) {
            chosen.add(readable.get(i));
        }
        return chosen;
    }
}
