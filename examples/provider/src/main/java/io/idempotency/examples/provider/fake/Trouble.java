package io.idempotency.examples.provider.fake;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What goes wrong after a charge was made and before it is answered. */
final class Trouble {

    private static final Logger LOG = LoggerFactory.getLogger(Trouble.class);

    private volatile Kind kind = Kind.NONE;

    /** What is asked for. */
    enum Kind {
        NONE(0),
        SLOW(10),
        VERY_SLOW(60),
        DEATH(0);

        private final int seconds;

        Kind(int seconds) {
            this.seconds = seconds;
        }
    }

    void prepare(Kind next) {
        kind = next;
    }

    void afterCharging() {
        Kind now = kind;
        if (now == Kind.DEATH) {
            LOG.info("It is charged, and the provider dies before it answers");
            Runtime.getRuntime().halt(1);
        }
        if (now.seconds > 0) {
            LOG.info("It is charged, and not answered for {} s: retry now, or kill the service", now.seconds);
            delay(now.seconds);
        }
    }

    private static void delay(int seconds) {
        try {
            TimeUnit.SECONDS.sleep(seconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The provider is being stopped.", e);
        }
    }
}
