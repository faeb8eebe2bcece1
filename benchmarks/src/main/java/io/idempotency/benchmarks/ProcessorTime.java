package io.idempotency.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * The processor time that was spent so far.
 *
 * @param own by this process, in which clients and applications run
 * @param server by the database server and its backends that are alive
 */
record ProcessorTime(Duration own, Duration server) {

    static ProcessorTime now(ProcessHandle server) {
        OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        Duration ofServer = Stream.concat(Stream.of(server), server.descendants())
                .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
        return new ProcessorTime(Duration.ofNanos(process.getProcessCpuTime()), ofServer);
    }

    ProcessorTime since(ProcessorTime before) {
        return new ProcessorTime(own.minus(before.own), server.minus(before.server));
    }
}
