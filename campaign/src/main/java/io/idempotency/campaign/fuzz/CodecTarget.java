package io.idempotency.campaign.fuzz;

import io.idempotency.core.IdempotencyKey;
import io.idempotency.core.RequestFingerprint;
import io.idempotency.core.Steps;
import io.idempotency.core.StoredResponse;
import io.idempotency.core.StoredResponseCodec;
import io.idempotency.core.UnreadableRecordException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What is kept in the database, read as every format that there is. */
final class CodecTarget implements Target {

    private static final Pattern KEY = Pattern.compile("[ -~]{1,255}");
    private static final int BYTES_FOR_A_BYTE = 200;
    private static final int FINGERPRINT = 1 + RequestFingerprint.DIGEST_LENGTH;

    @Override
    public String name() {
        return "codec";
    }

    @Override
    public List<String> seeds() {
        Choice choice = new Choice(1);
        List<String> seeds = new ArrayList<>(IntStream.range(0, 24)
                .mapToObj(i -> Latin1.text(
                        i % 3 == 0
                                ? StoredResponses.steps(choice).toBytes()
                                : StoredResponseCodec.encode(StoredResponses.any(choice))))
                .toList());
        seeds.addAll(List.of("", "\1", "\1\1k\2ab", "\0".repeat(FINGERPRINT), "\u0002"));
        // A number of headers, of bytes, of steps that no memory holds.
        seeds.add("\1\u00c8\1\u00ff\u00ff\u00ff\u00ff\7");
        seeds.add("\1\u00c8\1\0\0\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\177");
        seeds.add("\1\u00ff\u00ff\u00ff\u00ff\7");
        seeds.add("\1\u00c8\1\u00ff\u00ff\3" + "\1\0".repeat(65_535) + "\0\0");
        return seeds;
    }

    @Override
    public List<String> tokens() {
        return List.of(
                "\0",
                "\1",
                "\2",
                "\3",
                "\4",
                "\5",
                "\u007f",
                "\u0080",
                "\u0080\1",
                "\u00ff\u00ff\u00ff\u00ff\7",
                "\u00ff\u00ff\u00ff\u00ff\17",
                "\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\177",
                "\u0080\u0080\u0080\u0080\u0080\u0080\u0080\u0080\u0080\1",
                "\u0080\0",
                "\u00c8\1",
                "\u00d7\4",
                "\1\3abc",
                "\0\1X\1y",
                "\u00c3\u00bc",
                "\u00ed\u00a0\u0080",
                "\u00c0\u00af",
                "x".repeat(33));
    }

    @Override
    public int maxLength() {
        return 400;
    }

    @Override
    public Outcome run(String input) throws Exception {
        byte[] bytes = Latin1.bytes(input);
        Optional<StoredResponse> response = Allocation.bounded(BYTES_FOR_A_BYTE, bytes.length, () -> response(bytes));
        Optional<Steps> steps = Allocation.bounded(BYTES_FOR_A_BYTE, bytes.length, () -> steps(bytes));
        Optional<RequestFingerprint> fingerprint = fingerprint(bytes);
        response.ifPresent(read -> ViolationException.unless(
                response(StoredResponseCodec.encode(read)).equals(response), "a response survives its encoding"));
        steps.ifPresent(
                read -> ViolationException.unless(steps(read.toBytes()).equals(steps), "steps survive their encoding"));
        ViolationException.unless(
                fingerprint.isPresent() == (bytes.length == FINGERPRINT), "a fingerprint is told by its length");
        ViolationException.unless(isKey(input) == KEY.matcher(input).matches(), "a key is told by its characters");
        requireRoundTrip(new Choice(input.hashCode()));
        String feature = Outcome.magnitude(bytes.length)
                + response.map(read -> " response " + read.headers().size()
                                + read.content().getClass().getSimpleName())
                        .orElse("")
                + steps.map(read -> read.isEmpty() ? " no steps" : " steps").orElse("")
                + fingerprint.map(read -> " fingerprint").orElse("");
        return response.isPresent() || steps.isPresent() || fingerprint.isPresent()
                ? Outcome.accepted(feature)
                : Outcome.refused(feature);
    }

    private static void requireRoundTrip(Choice choice) {
        StoredResponse response = StoredResponses.any(choice);
        ViolationException.unless(
                StoredResponseCodec.decode(StoredResponseCodec.encode(response)).equals(response),
                "every response survives its encoding");
        Steps steps = StoredResponses.steps(choice);
        ViolationException.unless(Steps.fromBytes(steps.toBytes()).equals(steps), "all steps survive their encoding");
    }

    private static Optional<StoredResponse> response(byte[] bytes) {
        try {
            return Optional.of(StoredResponseCodec.decode(bytes));
        } catch (UnreadableRecordException documented) {
            return Optional.empty();
        }
    }

    private static Optional<Steps> steps(byte[] bytes) {
        try {
            return Optional.of(Steps.fromBytes(bytes));
        } catch (UnreadableRecordException documented) {
            return Optional.empty();
        }
    }

    private static Optional<RequestFingerprint> fingerprint(byte[] bytes) {
        try {
            RequestFingerprint read = RequestFingerprint.fromBytes(bytes);
            return RequestFingerprint.fromBytes(read.toBytes()).equals(read) ? Optional.of(read) : Optional.empty();
        } catch (IllegalArgumentException documented) {
            return Optional.empty();
        }
    }

    private static boolean isKey(String input) {
        try {
            return new IdempotencyKey(input).value().equals(input);
        } catch (IllegalArgumentException documented) {
            return false;
        }
    }
}
