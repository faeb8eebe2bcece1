package io.idempotency.benchmarks;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Keys as clients make them, without the price of a secure source. */
final class Keys {

    private Keys() {}

    static String fresh() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }
}
