package io.idempotency.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormParametersTest {

    @Test
    void valuesAreKeptInOrderPerName() {
        assertThat(parse("b=2&a=1&b=1&b=2").orElseThrow())
                .containsExactly(entry("b", List.of("2", "1", "2")), entry("a", List.of("1")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a=x+y      | x y",
                "a=x%2By    | x+y",
                "a=x%20y    | x y",
                "a=%26%3d%25 | &=%",
                "a=b=c      | b=c",
                "a==        | =",
                "%61=x      | x",
                "a=%C3%a9   | \u00e9",
                "a=\u00e9   | \u00e9",
                "a=x;b=y    | x;b=y",
                "a=%2f%5c   | /\\",
            })
    void valuesAreDecoded(String body, String value) {
        assertThat(parse(body)).contains(Map.of("a", List.of(value)));
    }

    @Test
    void namesAreDecodedToo() {
        assertThat(parse("a+b%3D=1")).contains(Map.of("a b=", List.of("1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a=", "&a", "a&", "a=&", "&&a&&"})
    void missingValueIsTheEmptyOne(String body) {
        assertThat(parse(body)).contains(Map.of("a", List.of("")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&", "&&&"})
    void emptyPairsAreSkipped(String body) {
        assertThat(parse(body)).contains(Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"=", "=x", "a=1&=x", "a=1&="})
    void pairWithoutANameIsMalformed(String body) {
        assertThat(parse(body)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=%",
                "a=%4",
                "a=%zz",
                "a=%4g",
                "a=%g4",
                "a=%+1",
                "a=%-1",
                "a=%4&b=1",
                "%=1",
                "%4=1",
                "a=%\u00e9\u00e9"
            })
    void cutOffAndMalformedEscapesAreMalformed(String body) {
        assertThat(parse(body)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%C3", "a=%ff", "%C3=1", "a=%ED%A0%80", "a=%C0%AF"})
    void bytesThatTheCharsetDoesNotKnowAreMalformed(String body) {
        assertThat(parse(body)).isEmpty();
        assertThat(FormParameters.parse(body.getBytes(US_ASCII), ISO_8859_1)).isPresent();
    }

    @Test
    void charsetDecidesAboutEscapedAndPlainBytes() {
        assertThat(FormParameters.parse("a=%E9".getBytes(US_ASCII), ISO_8859_1))
                .contains(Map.of("a", List.of("\u00e9")));
        assertThat(FormParameters.parse("a=\u00e9".getBytes(ISO_8859_1), ISO_8859_1))
                .contains(Map.of("a", List.of("\u00e9")));
        assertThat(FormParameters.parse("a=\u00e9".getBytes(ISO_8859_1), UTF_8)).isEmpty();
    }

    @Test
    void charactersMayBeEscapedInPart() {
        byte[] body = {'a', '=', (byte) 0xC3, '%', 'A', '9'};
        assertThat(FormParameters.parse(body, UTF_8)).contains(Map.of("a", List.of("\u00e9")));
    }

    private static Optional<Map<String, List<String>>> parse(String body) {
        return FormParameters.parse(body.getBytes(UTF_8), UTF_8);
    }
}
