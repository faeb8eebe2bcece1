package io.idempotency.servlet;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.infra.Blackhole;

/** The life of an answer: held back, described for the store, sent. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HeldResponseBenchmark {

    private static final long MAX_BODY_SIZE = 1 << 20;

    private static final String[] NAMES = {"X-1", "X-2", "X-3", "X-4", "X-5", "X-6"};

    private final ReplayHeaders headers = new ReplayHeaders(List.of(
            "Content-Type",
            "Content-Language",
            "Content-Disposition",
            "Content-Location",
            "Location",
            "ETag",
            "Last-Modified",
            "Link"));
    private final LightResponse container = new LightResponse();
    private byte[] body = {};

    /** The size of the body. */
    @Param({"100", "10000"})
    public int size;

    /** Header fields that filters have set before. */
    @Param({"0", "6"})
    public int fieldsBefore;

    /** Makes the body. */
    @Setup
    public void prepare() {
        body = new byte[size];
    }

    /** What a guarded request adds to the answer, without the store. */
    @Benchmark
    public long life(Blackhole stored) throws IOException {
        container.recycle();
        for (int i = 0; i < fieldsBefore; i++) {
            container.addHeader(NAMES[i], "value");
        }
        HeldResponse held = new HeldResponse(container);
        held.setStatus(201);
        held.setContentType("application/json");
        held.setHeader("Location", "/payments/7");
        held.getOutputStream().write(body, 0, body.length);
        held.flushBuffer();
        stored.consume(held.toStored(headers, MAX_BODY_SIZE));
        held.send();
        return container.written();
    }
}
