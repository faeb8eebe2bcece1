package io.idempotency.core;

import io.idempotency.core.ResponseContent.Body;
import io.idempotency.core.StoredResponse.Header;
import java.nio.charset.StandardCharsets;
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

/** Turning an answer into the bytes that are kept, and back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class StoredResponseCodecBenchmark {

    /** The size of the answer's body, in bytes. */
    @Param({"120", "10000", "1000000"})
    public int bodyBytes;

    private StoredResponse response = new StoredResponse(200, List.of(), new Body(new byte[0]));
    private byte[] encoded = {};

    /** A created resource as a JSON API answers it. */
    @Setup
    public void create() {
        List<Header> headers = List.of(
                new Header("Content-Type", "application/json"),
                new Header("Location", "/payments/6f1f8c0e-6d5b-4d92-9a0c-2f8f4f3f1c55"));
        Body body = new Body("x".repeat(bodyBytes).getBytes(StandardCharsets.US_ASCII));
        response = new StoredResponse(201, headers, body);
        encoded = StoredResponseCodec.encode(response);
    }

    /** Writes. */
    @Benchmark
    public byte[] encode() {
        return StoredResponseCodec.encode(response);
    }

    /** Reads. */
    @Benchmark
    public StoredResponse decode() {
        return StoredResponseCodec.decode(encoded);
    }
}
