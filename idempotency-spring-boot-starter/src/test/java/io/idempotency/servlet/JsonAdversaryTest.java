package io.idempotency.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Bodies of about a megabyte that recursion, quadratic copying or number types do not survive. */
class JsonAdversaryTest {

    private static final int MEGABYTE = 1 << 20;

    @Test
    void megabyteOfOpenBracketsIsInvalid() {
        assertThat(digest("[".repeat(MEGABYTE))).isEmpty();
    }

    @Test
    void megabyteOfOpenObjectsIsInvalid() {
        assertThat(digest("{\"a\":".repeat(MEGABYTE / 5))).isEmpty();
    }

    @Test
    void depthOfArraysIsExact() {
        int depth = MEGABYTE / 2;
        assertThat(digest(nested("[", "", "]", depth)))
                .isPresent()
                .isEqualTo(digest(nested("[\n", "", "]", depth)))
                .isNotEqualTo(digest(nested("[", "", "]", depth - 1)));
    }

    @Test
    void depthOfObjectsIsExact() {
        int depth = MEGABYTE / 6;
        assertThat(digest(nested("{\"a\":", "1", "}", depth)))
                .isPresent()
                .isEqualTo(digest(nested("{\"\\u0061\":", "1.0", " }", depth)))
                .isNotEqualTo(digest(nested("{\"a\":", "1", "}", depth - 1)))
                .isNotEqualTo(digest(nested("{\"a\":", "2", "}", depth)));
    }

    @Test
    void membersAreSortedAtEveryDepth() {
        int depth = 80_000;
        String sorted = nested("{\"a\":", "0", ",\"b\":1}", depth);
        assertThat(digest(nested("{\"b\":1,\"a\":", "0", "}", depth)))
                .isPresent()
                .isEqualTo(digest(sorted))
                .isNotEqualTo(digest(nested("{\"b\":1,\"a\":", "1", "}", depth)));
    }

    @Test
    void hundredThousandMembersInAnyOrderAreEqual() {
        assertThat(digest(object(new Random(1), 100_000, "")))
                .isPresent()
                .isEqualTo(digest(object(new Random(2), 100_000, "")))
                .isNotEqualTo(digest(object(new Random(2), 99_999, "")));
    }

    @Test
    void duplicateAmongAHundredThousandMembersIsFound() {
        assertThat(digest(object(new Random(1), 100_000, ",\"m77777\":1"))).isEmpty();
    }

    @Test
    void namesThatCollideInAHashTableAreNoReasonToGiveUp() {
        // "Ab" and "BA" are one number to the base of 33 in which the parser hashes names, whatever its seed.
        String body = IntStream.range(0, 1 << 14)
                .mapToObj(i -> IntStream.range(0, 14)
                        .mapToObj(bit -> (i >> bit & 1) == 0 ? "Ab" : "BA")
                        .collect(Collectors.joining("", "\"", "\":1")))
                .collect(Collectors.joining(",", "{", "}"));
        assertThat(digest(body)).isPresent();
    }

    @Test
    void numberOfHalfAMillionDigitsIsExact() {
        String digits = "3".repeat(500_000);
        assertThat(digest("[" + digits + "1]"))
                .isPresent()
                .isEqualTo(digest("[" + digits + ".10e1]"))
                .isNotEqualTo(digest("[" + digits + "2]"));
    }

    @Test
    void exponentOfHalfAMillionDigitsIsExact() {
        String nines = "9".repeat(500_000);
        assertThat(digest("[1e" + nines + "]"))
                .isPresent()
                .isEqualTo(digest("[0.1e1" + "0".repeat(500_000) + "]"))
                .isNotEqualTo(digest("[1e" + nines.substring(1) + "8]"))
                .isNotEqualTo(digest("[1e-" + nines + "]"));
    }

    @Test
    void longStringsAndNamesAreExact() {
        String text = "\u20ac".repeat(MEGABYTE / 3);
        assertThat(digest("{\"" + text + "\":\"" + text + "\"}"))
                .isPresent()
                .isNotEqualTo(digest("{\"" + text + "\":\"" + text + "x\"}"))
                .isNotEqualTo(digest("{\"" + text + "x\":\"" + text + "\"}"));
    }

    @Test
    void depthWithinAnIgnoredMemberIsSkipped() {
        IgnoredMembers ignored = IgnoredMembers.of("/deep");
        String body = "{\"deep\":" + nested("[", "", "]", MEGABYTE / 2) + ",\"a\":1}";
        assertThat(JsonCanonicalizer.digest(body.getBytes(UTF_8), ignored).map(HexFormat.of()::formatHex))
                .isEqualTo(digest("{\"a\":1}"));
    }

    private static String nested(String open, String core, String close, int depth) {
        return open.repeat(depth) + core + close.repeat(depth);
    }

    private static String object(Random order, int members, String more) {
        var names =
                IntStream.range(0, members).mapToObj(i -> "\"m" + i + "\":" + i).collect(Collectors.toList());
        Collections.shuffle(names, order);
        return "{" + String.join(",", names) + more + "}";
    }

    private static Optional<String> digest(String body) {
        return JsonCanonicalizer.digest(body.getBytes(UTF_8), IgnoredMembers.NONE)
                .map(HexFormat.of()::formatHex);
    }
}
