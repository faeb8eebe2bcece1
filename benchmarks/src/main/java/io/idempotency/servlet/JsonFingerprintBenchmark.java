package io.idempotency.servlet;

import io.idempotency.core.Sha256;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
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
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/** The digest of a JSON body, beside what a parser needs for the same bytes and beside a digest of nothing but them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class JsonFingerprintBenchmark {

    /** The document. */
    @Param
    public JsonBody body = JsonBody.PAYMENT_200B;

    private byte[] json = {};

    /** Writes the document. */
    @Setup
    public void create() {
        json = body.bytes();
    }

    /** What is measured. */
    @Benchmark
    public Optional<byte[]> fingerprint(BodyBytes counter) {
        counter.bytes += json.length;
        return JsonCanonicalizer.digest(json, IgnoredMembers.NONE);
    }

    /** The lower bound of any digest. */
    @Benchmark
    public byte[] plainSha256(BodyBytes counter) {
        counter.bytes += json.length;
        return Sha256.newDigest().digest(json);
    }

    /** The same parser over strictly decoded characters, reading each name and value. */
    @Benchmark
    public void parserAlone(BodyBytes counter, Blackhole values) {
        counter.bytes += json.length;
        readValues(strictParser(), values);
    }

    private JsonParser strictParser() {
        return JsonCanonicalizer.JSON.createParser(
                ObjectReadContext.empty(),
                new InputStreamReader(new ByteArrayInputStream(json), StandardCharsets.UTF_8.newDecoder()));
    }

    private static void readValues(JsonParser opened, Blackhole values) {
        try (JsonParser parser = opened) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                values.consume(token.isStructStart() || token.isStructEnd() ? token : parser.getString());
            }
        }
    }
}
