package io.idempotency.benchmarks.application;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts one application in a process of its own, says how long that took, and ends. */
public final class StartUpProbe {

    /** What stands in front of the milliseconds from the start of the process until the application was ready. */
    public static final String READY = "ready after ms: ";

    private StartUpProbe() {}

    /** The first argument is the application's class; the others are Spring's. */
    public static void main(String[] arguments) throws ClassNotFoundException {
        ApplicationListener<ApplicationReadyEvent> ready = event -> System.out.println(READY + sinceStartOfProcess());
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Class.forName(arguments[0]))
                .listeners(ready)
                .run(Arrays.copyOfRange(arguments, 1, arguments.length))) {
            context.stop();
        }
    }

    private static long sinceStartOfProcess() {
        return System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    }
}
