package io.idempotency.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCanonicalizerTest {

    @Test
    void digestHas32Bytes() {
        assertThat(JsonCanonicalizer.digest("{}".getBytes(UTF_8), IgnoredMembers.NONE)
                        .orElseThrow())
                .hasSize(32);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1,\"b\":2}     | { \"b\" : 2 , \"a\" : 1 }",
                "{\"a\":[1,{\"x\":1,\"y\":2}]} | {\"a\":[1,{\"y\":2,\"x\":1}]}",
                "\"a\"               | \"\\u0061\"",
                "\"/\"               | \"\\/\"",
                "\"\\n\\t\\b\\f\\r\" | \"\\u000A\\u0009\\u0008\\u000c\\u000d\"",
                "\"\u00e9\"          | \"\\u00E9\"",
                "\"\ud83d\ude00\"    | \"\\ud83D\\uDe00\"",
                "{\"\\u0061\":1}     | {\"a\":1}",
                "[1, 1.0, -0]        | [1e0, 10e-1, 0.0]",
                "{\"\":0}            | {\"\":0e99}"
            })
    void spellingsOfOneMeaningAreEqual(String one, String other) {
        assertThat(digest(one)).isPresent().isEqualTo(digest(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[1,2]            | [2,1]",
                "[1]              | 1",
                "[]               | {}",
                "[[]]             | []",
                "[[],[]]          | [[[]]]",
                "[[1],[2]]        | [[1,2],[]]",
                "{\"a\":{}}       | {\"a\":[]}",
                "[\"a\",1]        | {\"a\":1}",
                "{\"a\":1,\"b\":2} | {\"a\":2,\"b\":1}",
                "{\"a\":1}        | {\"a\":1,\"b\":null}",
                "{\"a\":{\"b\":1},\"c\":2} | {\"a\":{\"b\":1,\"c\":2}}",
                "{\"a\":\"b\"}    | {\"b\":\"a\"}",
                "{\"A\":1}        | {\"a\":1}",
                "[\"ab\"]         | [\"a\",\"b\"]",
                "[\"ab\",\"c\"]   | [\"a\",\"bc\"]",
                "[\"a\",\"\"]     | [\"\",\"a\"]",
                "1                | \"1\"",
                "\"1e0\"          | 1",
                "null             | \"null\"",
                "true             | \"true\"",
                "true             | false",
                "null             | false",
                "null             | 0",
                "\"\"             | null",
                "[null]           | []",
                "9007199254740993 | 9007199254740992",
                "0.30000000000000001 | 0.3",
                "\"\u00e9\"       | \"e\u0301\"",
                "\"a\"            | \"a \"",
                "\"\\u0000\"      | \"\""
            })
    void differentMeaningsDiffer(String one, String other) {
        assertThat(digest(one)).isPresent();
        assertThat(digest(other)).isPresent().isNotEqualTo(digest(one));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\n",
                "{",
                "}",
                "[1,]",
                "[,1]",
                "[1 2]",
                "{\"a\":1,}",
                "{\"a\"}",
                "{\"a\":}",
                "{a:1}",
                "{'a':1}",
                "{1:1}",
                "{\"a\":1 \"b\":2}",
                "[1}",
                "01",
                "-01",
                "+1",
                "1.",
                ".5",
                "-",
                "1e",
                "1e+",
                "0x1",
                "NaN",
                "Infinity",
                "-Infinity",
                "nul",
                "nulll",
                "True",
                "\"a",
                "\"a\nb\"",
                "\"a\tb\"",
                "\"a\u0000b\"",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12G4\"",
                "// c\n1",
                "/* c */1",
                "# c\n1",
                "\u00a01",
                "\f1",
                "\u001e1",
                "[1]\u0000"
            })
    void invalidJsonHasNoMeaning(String body) {
        assertThat(digest(body)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 2", "{}{}", "[][]", "{},{}", "1,2", "{}]", "1 x", "\"a\"\"b\"", "{} null", "[] 7"})
    void severalRootsAndTrailingTokensHaveNoMeaning(String body) {
        assertThat(digest(body)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":1}",
                "{\"a\":1,\"b\":2,\"a\":3}",
                "{\"a\":1,\"\\u0061\":1}",
                "[{\"x\":{\"a\":1,\"b\":1,\"a\":1}}]",
                "[{\"b\":1,\"a\":2},{\"a\":1,\"a\":2}]",
                "[{\"c\":1,\"b\":2,\"a\":3},{\"b\":1,\"c\":2,\"b\":3}]",
                "{\"\":1,\"\":2}"
            })
    void duplicateNamesInOneObjectHaveNoMeaning(String body) {
        assertThat(digest(body)).isEmpty();
    }

    @Test
    void oneNameInSeveralObjectsIsNoDuplicate() {
        assertThat(digest("{\"a\":{\"a\":1},\"b\":[{\"a\":1},{\"a\":1}]}")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\\ud800\"",
                "\"\\udc00\"",
                "\"\\udc00\\ud800\"",
                "\"\\ud800x\"",
                "\"\\ud83d \\ude00\"",
                "{\"\\ud800\":1}",
                "{\"ab\\ud800\":1}"
            })
    void escapedLoneSurrogatesHaveNoMeaning(String body) {
        assertThat(digest(body)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "22 c0af 22", // an overlong slash
                "22 c080 22", // an overlong NUL
                "22 e0809f 22", // overlong, three bytes
                "22 eda080 22", // an encoded surrogate
                "22 eda0bdedb880 22", // a surrogate pair, each encoded by itself (CESU-8)
                "22 f4908080 22", // beyond U+10FFFF
                "22 ff 22",
                "22 80 22",
                "22 c3 22",
                "22 e282", // cut off
                "31 ff",
                "7b 22 ff 22 3a 31 7d",
                "fffe 3100",
                "feff 0031"
            })
    void malformedUtf8HasNoMeaning(String hex) {
        byte[] body = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThat(JsonCanonicalizer.digest(body, IgnoredMembers.NONE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-16", "UTF-32BE", "UTF-32LE"})
    void otherEncodingsHaveNoMeaning(String charset) {
        byte[] body = "{\"a\":1}".getBytes(Charset.forName(charset));
        assertThat(JsonCanonicalizer.digest(body, IgnoredMembers.NONE)).isEmpty();
    }

    @Test
    void latin1HasNoMeaning() {
        byte[] body = "\"\u00e9\"".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(JsonCanonicalizer.digest(body, IgnoredMembers.NONE)).isEmpty();
    }

    @Test
    void byteOrderMarkDoesNotMatterAtTheStart() {
        assertThat(digest("\ufeff{\"a\":1}")).isPresent().isEqualTo(digest("{\"a\":1}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ufeff", "\ufeff\ufeff1", " \ufeff1", "1\ufeff", "[\ufeff1]"})
    void byteOrderMarkElsewhereHasNoMeaning(String body) {
        assertThat(digest(body)).isEmpty();
    }

    @Test
    void byteOrderMarkWithinAStringIsACharacter() {
        assertThat(digest("\"\ufeff\"")).isPresent().isNotEqualTo(digest("\"\""));
    }

    @Test
    void contentThatImitatesTheEncodingOfAnotherDiffers() {
        // A string that holds what a shorter one and a following number would be written as.
        assertThat(digest("[\"a0\\u0000\\u0000\\u0000\\u00031e0\"]")).isNotEqualTo(digest("[\"a\",1]"));
        assertThat(digest("{\"a\":\"x\",\"b\":\"y\"}"))
                .isNotEqualTo(digest("{\"a\\\"\\u0000\\u0000\\u0000\\u0001x\":\"y\"}"));
    }

    @Test
    void manyThreadsDigestAtOnce() throws Exception {
        String body = "{\"a\":[1,2,{\"b\":\"" + "x".repeat(5_000) + "\"}],\"c\":1.50}";
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Optional<String>>> tasks = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                tasks.add(() -> digest(body));
            }
            for (Future<Optional<String>> result : threads.invokeAll(tasks)) {
                assertThat(result.get()).isPresent().isEqualTo(digest(body));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Optional<String> digest(String body) {
        return JsonCanonicalizer.digest(body.getBytes(UTF_8), IgnoredMembers.NONE)
                .map(HexFormat.of()::formatHex);
    }
}
