package io.idempotency.campaign.check;

import java.util.List;

/** Decisions that were taken beforehand; when they are used up, the first possibility is chosen. */
final class Choices {

    private final List<Integer> taken;
    private int next;

    Choices(List<Integer> taken) {
        this.taken = taken;
    }

    boolean areLeft() {
        return next < taken.size();
    }

    int of(int possibilities) {
        return areLeft() ? taken.get(next++) % possibilities : 0;
    }

    <T> T of(List<T> possibilities) {
        return possibilities.get(of(possibilities.size()));
    }
}
