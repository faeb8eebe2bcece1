package io.idempotency.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where values get too large to be kept as they are, their spelling still does not matter, and all else does. */
class JsonSizesTest {

    @Test
    void textsOfAnyLengthAreEqualHoweverTheyAreSpelled() {
        Set<String> seen = new HashSet<>();
        for (int length = 0; length < 600; length++) {
            String rest = "x".repeat(length);
            assertThat(seen.add(digest("[\"a" + rest + "\"]"))).isTrue();
            assertThat(digest("[\"\\u0061" + rest + "\"]")).isEqualTo(digest("[\"a" + rest + "\"]"));
            assertThat(digest("[\"" + rest + "\\u0061\"]")).isEqualTo(digest("[\"" + rest + "a\"]"));
        }
    }

    @Test
    void namesOfAnyLengthAreSortedHoweverTheyAreSpelled() {
        for (int length = 0; length < 20; length++) {
            String name = "n".repeat(length);
            String sorted = "{\"" + name + "\":1,\"" + name + "n\":2,\"" + name + "nn\":3}";
            String other = "{\"" + name + "nn\":3,\"" + name + "\\u006e\":2,\"" + name + "\":1}";
            assertThat(digest(other)).isEqualTo(digest(sorted));
            assertThat(JsonCanonicalizer.digest(
                            ("{\"" + name + "b\":1,\"" + name + "a\":2,\"" + name + "b\":3}").getBytes(UTF_8),
                            IgnoredMembers.NONE))
                    .isEmpty();
        }
    }

    @Test
    void numbersOfAnyLengthAreEqualHoweverTheyAreSpelled() {
        for (int length = 1; length < 600; length++) {
            String digits = "7".repeat(length);
            assertThat(digest("[" + digits + "]")).isEqualTo(digest("[" + digits + ".0]"));
            assertThat(digest("[" + digits + "]")).isNotEqualTo(digest("[" + digits + "7]"));
        }
    }

    @Test
    void arraysOfAnyLengthAreEqualHoweverTheyAreSpelled() {
        Set<String> seen = new HashSet<>();
        for (int length = 0; length < 3_000; length += 1 + length / 50) {
            String elements =
                    IntStream.range(0, length).mapToObj(i -> "" + i % 7).collect(Collectors.joining(","));
            String spelled = elements.replace("3", "30e-1 ");
            assertThat(seen.add(digest("[" + elements + "]"))).isTrue();
            assertThat(digest("[" + spelled + "]")).isEqualTo(digest("[" + elements + "]"));
            assertThat(digest("{\"b\":[" + spelled + "],\"a\":[[" + elements + "],1]}"))
                    .isEqualTo(digest("{\"a\":[[" + elements + "],1],\"b\":[" + elements + "]}"));
        }
    }

    @Test
    void objectsOfAnySizeAreEqualInAnyOrder() {
        Set<String> seen = new HashSet<>();
        for (int members = 0; members < 300; members++) {
            List<String> inOrder = IntStream.range(0, members)
                    .mapToObj(i -> "\"" + i + "\":[" + i + "]")
                    .collect(Collectors.toList());
            String sorted = "{" + String.join(",", inOrder) + "}";
            Collections.shuffle(inOrder, new Random(members));
            String shuffled = "{" + String.join(",", inOrder) + "}";
            assertThat(seen.add(digest(sorted))).isTrue();
            assertThat(digest(shuffled)).isEqualTo(digest(sorted));
            assertThat(digest("[" + shuffled + ",{\"b\":" + shuffled + ",\"a\":1}]"))
                    .isEqualTo(digest("[" + sorted + ",{\"a\":1,\"b\":" + sorted + "}]"));
        }
    }

    @Test
    void objectsAreEqualInAnyOrderWhateverTheOrderOfThoseBefore() {
        List<String> members = Arrays.asList("\"a\":1", "\"b\":2", "\"c\":3", "\"\u00e4\":4", "\"d\u4fa1\":5");
        String sorted = "{" + String.join(",", members) + "}";
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            Collections.shuffle(members, random);
            String first = "{" + String.join(",", members) + "}";
            Collections.shuffle(members, random);
            String second = "{" + String.join(",", members) + "}";
            assertThat(digest("[" + first + "," + second + "," + second + "," + first + "]"))
                    .isEqualTo(digest("[" + sorted + "," + sorted + "," + sorted + "," + sorted + "]"));
        }
    }

    @Test
    void changeIsSeenInWhateverAnArrayHandedOn() {
        List<String> elements =
                IntStream.range(0, 2_000).mapToObj(i -> "[" + i + "]").collect(Collectors.toList());
        String before = digest(elements.toString());
        for (int i = 0; i < elements.size(); i += 37) {
            String element = elements.set(i, "[\"" + i + "\"]");
            assertThat(digest(elements.toString())).isNotEqualTo(before);
            elements.set(i, element);
        }
        assertThat(digest(elements.toString())).isEqualTo(before);
    }

    @Test
    void largeArraysWithinLargeArraysKeepTheirPlaces() {
        String large = IntStream.range(0, 3_000).mapToObj(Integer::toString).collect(Collectors.joining(","));
        assertThat(Set.of(
                        digest("[[" + large + "]," + large + "]"),
                        digest("[" + large + ",[" + large + "]]"),
                        digest("[[" + large + "],[" + large + "]]"),
                        digest("[[[" + large + "]," + large + "]]"),
                        digest("[" + large + "," + large + "]"),
                        digest("[{\"a\":[" + large + "]}," + large + "]")))
                .hasSize(6);
    }

    private static String digest(String body) {
        return JsonCanonicalizer.digest(body.getBytes(UTF_8), IgnoredMembers.NONE)
                .map(HexFormat.of()::formatHex)
                .orElseThrow();
    }
}
