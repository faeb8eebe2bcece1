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

/** The filter's decision to let a request pass: the goal is below 200 ns without a byte of garbage. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class UnguardedRequestBenchmark {

    /** A method and a path that are not guarded. */
    @Param({
        "GET /search",
        "GET /payments/7",
        "GET /payments/7/refund",
        "POST /search",
        "POST /users/a%20b;v=1/notes",
        "POST /payments",
        "POST /payments/7/notes",
        "DELETE /payments/7/refund",
        "POST /payments/7/%6eotes",
        "POST /payments;v=1/7/notes"
    })
    public String line = "";

    /** Guarded endpoints beside the two of the small application. */
    @Param({"0", "100"})
    public int moreGuarded;

    private GuardedEndpoints endpoints = new Application(0).endpoints();
    private LightRequest request = new LightRequest("GET", "/");

    /** Makes the application and the request. */
    @Setup
    public void prepare() {
        endpoints = new Application(moreGuarded).endpoints();
        request = LightRequest.of(line);
        if (endpoints.match(request) != null) {
            throw new IllegalStateException(line + " is guarded.");
        }
    }

    /** What the filter does before it calls the rest of the chain. */
    @Benchmark
    public @Nullable Object decision() {
        return endpoints.match(request);
    }
}
