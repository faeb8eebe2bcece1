package io.idempotency.servlet;

import io.idempotency.core.RequestFingerprint;
import jakarta.servlet.ServletException;
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

/** All that a guarded request pays for its fingerprint: reading the body, and digesting it with the request line. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RequestFingerprintBenchmark {

    private static final FingerprintOptions BY_MEANING = new FingerprintOptions(false, IgnoredMembers.NONE, List.of());
    private static final FingerprintOptions BY_BYTES = new FingerprintOptions(true, IgnoredMembers.NONE, List.of());

    /** The body. */
    @Param({"PAYMENT_200B", "ORDER_10KB", "OBJECTS_1MB"})
    public JsonBody body = JsonBody.PAYMENT_200B;

    private final BodyReader reader = new BodyReader(4 << 20, request -> false);
    private byte[] json = {};

    /** Writes the document. */
    @Setup
    public void create() {
        json = body.bytes();
    }

    /** The body alone, from the connector's buffers to one array. */
    @Benchmark
    public Object read(BodyBytes counter) throws IOException, ServletException, BodyTooLargeException {
        counter.bytes += json.length;
        return reader.read(request(), false);
    }

    /** The body's meaning counts. */
    @Benchmark
    public RequestFingerprint byMeaning(BodyBytes counter) throws IOException, ServletException, BodyTooLargeException {
        counter.bytes += json.length;
        return RequestFingerprinter.fingerprint(reader.read(request(), false), BY_MEANING);
    }

    /** The body's bytes count. */
    @Benchmark
    public RequestFingerprint byBytes(BodyBytes counter) throws IOException, ServletException, BodyTooLargeException {
        counter.bytes += json.length;
        return RequestFingerprinter.fingerprint(reader.read(request(), true), BY_BYTES);
    }

    private BenchmarkRequest request() {
        return new BenchmarkRequest("application/json;charset=UTF-8", json);
    }
}
