package io.idempotency.campaign.fuzz;

import java.util.List;
import java.util.SplittableRandom;

/** Where chance comes from: the same seed makes the same choices. Not thread-safe. */
final class Choice {

    private final SplittableRandom random;

    Choice(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Choices for one of many things, which need not be made in their order. */
    static Choice of(long seed, long number) {
        return new Choice(seed * 0x9E3779B97F4A7C15L ^ number * 0xD1B54A32D192ED03L);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean oneIn(int cases) {
        return random.nextInt(cases) == 0;
    }

    long number() {
        return random.nextLong();
    }

    <T> T from(List<T> several) {
        return several.get(random.nextInt(several.size()));
    }

    /** Lengths of all magnitudes, short ones most of the time. */
    int length(int most) {
        return below(Math.min(most, 1 << below(1 + Integer.SIZE - Integer.numberOfLeadingZeros(most))) + 1);
    }

    <T> void shuffle(List<T> several) {
        for (int i = several.size() - 1; i > 0; i--) {
            int other = below(i + 1);
            T moved = several.get(i);
            several.set(i, several.get(other));
            several.set(other, moved);
        }
    }
}
