package io.idempotency.servlet;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.web.util.ServletRequestPathUtils;

/** Finding the endpoint of a guarded request, beside what Spring's look-up takes of it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class GuardedRequestBenchmark {

    /** A literal path, and one with a variable. */
    @Param({"POST /payments/order", "POST /payments/7/refund"})
    public String line = "";

    private final Application application = new Application(0);
    private LightRequest request = new LightRequest("GET", "/");

    /** Makes the request. */
    @Setup
    public void prepare() {
        request = LightRequest.of(line);
        if (application.endpoints().match(request) == null) {
            throw new IllegalStateException(line + " is not guarded.");
        }
    }

    /** What the filter does before it reads the key. */
    @Benchmark
    public @Nullable Object match() {
        return application.endpoints().match(request);
    }

    /** What the dispatcher does once more. */
    @Benchmark
    public @Nullable Object lookUpAlone() throws Exception {
        ServletRequestPathUtils.parseAndCache(request);
        Object chain = application.mapping().getHandler(request);
        ServletRequestPathUtils.clearParsedRequestPath(request);
        return chain;
    }
}
