package io.idempotency.servlet;

import io.idempotency.core.RequestFingerprint;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

/** The fingerprint of a form and of a body in several parts. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FormFingerprintBenchmark {

    private static final FingerprintOptions BY_MEANING = new FingerprintOptions(false, IgnoredMembers.NONE, List.of());

    /** How many fields, of 33 bytes or so each. */
    @Param({"6", "3000"})
    public int fields;

    private final BodyReader reader = new BodyReader(4 << 20, request -> false);
    private byte[] form = {};
    private List<BenchmarkPart> parts = List.of();

    /** Fills the form in. */
    @Setup
    public void create() {
        form = IntStream.range(0, fields)
                .mapToObj(i -> "field" + i + "=Some+text%2C+number+" + i + "%21")
                .collect(Collectors.joining("&"))
                .getBytes(StandardCharsets.US_ASCII);
        parts = IntStream.range(0, fields)
                .mapToObj(i -> new BenchmarkPart(
                        "field" + i, ("Some text, number " + i + "!").getBytes(StandardCharsets.US_ASCII)))
                .toList();
    }

    /** A form, from the connector's buffers on. */
    @Benchmark
    public RequestFingerprint form(BodyBytes counter) throws IOException, ServletException, BodyTooLargeException {
        counter.bytes += form.length;
        BenchmarkRequest request = new BenchmarkRequest("application/x-www-form-urlencoded", form);
        return RequestFingerprinter.fingerprint(reader.read(request, false), BY_MEANING);
    }

    /** The same fields as parts, which the container has found. */
    @Benchmark
    public byte[] multipart() throws IOException {
        return MultipartCanonicalizer.digest(List.copyOf(parts));
    }
}
