package io.idempotency.campaign.fuzz;

import io.idempotency.campaign.fuzz.JsonModel.NoMeaningException;
import io.idempotency.servlet.Parsers;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The digest of JSON by its meaning. */
final class JsonTarget implements Target {

    private static final int LONG = 100_000;
    private static final int SHORT = 400;

    /** The mapper cannot represent larger exponents, and writes another number for some of them. */
    private static final Pattern BEYOND_THE_MAPPER = Pattern.compile("[eE][+-]?[0-9]{9}");

    /** Buffers of characters, a stack of containers, names: some dozens of bytes for a byte that opens one of them. */
    private static final int BYTES_FOR_A_BYTE = 150;

    private final JsonMapper mapper = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    @Override
    public String name() {
        return "json";
    }

    @Override
    public List<String> seeds() {
        return List.of(
                "{\"amount\":12.50,\"currency\":\"EUR\",\"to\":{\"iban\":\"DE02\",\"name\":\"J\\u00fcrgen \\ud83d\\ude00\"},\"tags\":[1,true,null]}",
                Latin1.utf8("\ufeff{\"\u00e4\":\"\ud83d\ude00\",\"b\":[],\"c\":{}}"),
                " [ 1 , 1.0 , 1e0 , -0 , 0e99 , 100 , 1E+2 , 1e400 , -1e-400 , 9007199254740993 ] ",
                "\"text\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\"",
                "{\"a\":1,\"a\":2}",
                "\"\\ud800\"",
                "1e" + "9".repeat(400),
                "[]",
                "true",
                "",
                "[".repeat(LONG),
                "[".repeat(LONG) + "]".repeat(LONG),
                "{\"a\":".repeat(LONG) + "1" + "}".repeat(LONG),
                "[{\"a\":".repeat(LONG) + "1" + "}]".repeat(LONG),
                "1".repeat(LONG),
                "0." + "0".repeat(LONG) + "1",
                "-1e-" + "9".repeat(LONG),
                "\"" + "\\u00e9".repeat(LONG) + "\"",
                IntStream.range(0, LONG / 10)
                        .mapToObj(i -> "\"" + (i * 7919 % 10_007) + "\":" + i)
                        .collect(Collectors.joining(",", "{", "}")),
                "{\"a\":[" + "1,".repeat(LONG) + "1],\"A\":[" + "[],".repeat(LONG) + "{}]}");
    }

    @Override
    public List<String> tokens() {
        return List.of(
                "{",
                "}",
                "[",
                "]",
                ",",
                ":",
                "\"",
                "\"a\":",
                "\"b\":{",
                "null",
                "true",
                "false",
                "0",
                "-0",
                "1.0",
                "1e0",
                "1e999999999",
                "1e-99999999999999999999",
                "0.1",
                "01",
                "1.",
                ".5",
                "+1",
                "NaN",
                "\\u0061",
                "\\ud83d",
                "\\ude00",
                "\\ud83d\\ude00",
                "\\u0000",
                "\\/",
                "\\x",
                "\\",
                " ",
                "\n",
                "\t",
                "\r",
                "\f",
                "\0",
                "/*",
                "//",
                "\u00ef\u00bb\u00bf",
                "\u00ff\u00fe",
                "\u00c0\u00af",
                "\u00ed\u00a0\u00bd",
                "\u00f0\u009f\u0098\u0080",
                "\u00c3\u00a9",
                "\u00e2\u0080\u00a8",
                "\u00f4\u0090\u0080\u0080",
                "'",
                "\"\"",
                "[[",
                "{\"a\":{\"a\":");
    }

    @Override
    public int maxLength() {
        return 500;
    }

    @Override
    public Outcome run(String input) throws Exception {
        byte[] body = Latin1.bytes(input);
        byte[] given = body.clone();
        Optional<byte[]> digest = Allocation.bounded(BYTES_FOR_A_BYTE, body.length, () -> Parsers.json(given));
        ViolationException.unless(Arrays.equals(body, given), "the body is left as it came");
        String kinds = Outcome.magnitude(input.length()) + kinds(input);
        try {
            JsonValue value = JsonModel.parse(decoded(body));
            ViolationException.unless(digest.isPresent(), "what has one meaning is compared by it");
            requireOneDigestForAllSpellings(input, value, digest.get());
            return Outcome.accepted(kinds);
        } catch (NoMeaningException e) {
            ViolationException.unless(
                    e.isTooDeep() || digest.isEmpty(),
                    "what has no one meaning is compared by its bytes: " + e.getMessage());
            return digest.isPresent() ? Outcome.accepted("deep" + kinds) : Outcome.fallback(e.getMessage() + kinds);
        }
    }

    private static String decoded(byte[] body) throws NoMeaningException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new NoMeaningException("no UTF-8", false);
        }
    }

    private void requireOneDigestForAllSpellings(String input, JsonValue value, byte[] digest) {
        Choice choice = new Choice(input.hashCode());
        String same = JsonSpelling.same(value, choice);
        ViolationException.unless(
                Arrays.equals(digest, digest(same)), "another spelling has the same digest: " + Latin1.shown(same));
        String changed = JsonSpelling.changed(value, choice);
        ViolationException.unless(
                !Arrays.equals(digest, digest(changed)), "another value has another digest: " + Latin1.shown(changed));
        if (input.length() < SHORT
                && choice.oneIn(8)
                && !BEYOND_THE_MAPPER.matcher(input).find()) {
            byte[] rewritten = rewritten(input);
            ViolationException.unless(
                    rewritten == null
                            || Arrays.equals(digest, Parsers.json(rewritten).orElse(null)),
                    "a document that a JSON mapper has read and written has the same digest");
        }
    }

    private static byte @Nullable [] digest(String json) {
        return Parsers.json(json.getBytes(StandardCharsets.UTF_8)).orElse(null);
    }

    /** Nothing for what the mapper cannot represent. */
    private byte @Nullable [] rewritten(String input) {
        try {
            return mapper.writeValueAsBytes(mapper.readTree(Latin1.bytes(input)));
        } catch (JacksonException | ArithmeticException | NumberFormatException beyondTheMapper) {
            return null;
        }
    }

    private static String kinds(String input) {
        StringBuilder kinds = new StringBuilder();
        for (String kind : List.of("{", "[", "\\u", "\"", "e", ".", "\u00ef\u00bb\u00bf", "\u00f0")) {
            kinds.append(input.contains(kind) ? kind.charAt(kind.length() - 1) : '-');
        }
        return kinds.toString();
    }
}
