package io.idempotency.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.idempotency.core.IdempotencyKey;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyHeaderTest {

    private final KeyHeader lenient = new KeyHeader("Idempotency-Key", false);
    private final KeyHeader strict = new KeyHeader("Idempotency-Key", true);

    @Test
    void absentHeaderIsNoError() throws InvalidKeyException {
        assertThat(lenient.parse(List.of())).isEmpty();
        assertThat(strict.parse(List.of())).isEmpty();
    }

    @Test
    void quotedAndBareFormsAreTheSameKey() throws InvalidKeyException {
        assertThat(lenient.parse(List.of("\"k-1\""))).contains(new IdempotencyKey("k-1"));
        assertThat(lenient.parse(List.of("k-1"))).contains(new IdempotencyKey("k-1"));
    }

    @Test
    void strictModeTakesTheQuotedFormAlone() throws InvalidKeyException {
        assertThat(strict.parse(List.of("\"k\""))).contains(new IdempotencyKey("k"));
        assertRefused(strict, "k");
    }

    @Test
    void strictModeSaysHowToQuote() {
        assertThatExceptionOfType(InvalidKeyException.class)
                .isThrownBy(() -> strict.parse(List.of("k")))
                .withMessageContaining("Idempotency-Key: \"8e03978e-40d5-43dd-bc93-6894a57f9324\"");
    }

    @Test
    void escapesAreUndone() throws InvalidKeyException {
        assertThat(lenient.parse(List.of("\"a\\\"b\\\\c\""))).contains(new IdempotencyKey("a\"b\\c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\\n\"", "\"\\u0041\"", "\"\\\"", "\"a\\", "\"\\ \""})
    void otherEscapesAreRefused(String field) {
        assertRefused(lenient, field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a,b", "a;b", " a", "a "})
    void separatorsBelongToAQuotedKey(String key) throws InvalidKeyException {
        assertThat(lenient.parse(List.of('"' + key + '"'))).contains(new IdempotencyKey(key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a,b", "a;b", "a\"b", "a\\b", "a\tb", "a\u0000b", "a\u007fb", "a\u00e9b", "a\""})
    void separatorsAndIllegalCharactersOfABareKeyAreRefused(String field) {
        assertRefused(lenient, field);
    }

    @ParameterizedTest
    @ValueSource(strings = {" k", "k ", "\tk", "k\t", " \t k \t ", " \"k\" ", "\t\"k\"\t"})
    void outerWhiteSpaceIsNoPartOfTheKey(String field) throws InvalidKeyException {
        assertThat(lenient.parse(List.of(field))).contains(new IdempotencyKey("k"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u000bk", "k\n", "\u00a0k"})
    void otherWhiteSpaceIsNotTolerated(String field) {
        assertRefused(lenient, field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t", "\"\"", " \"\" ", "\"\";a"})
    void emptyKeyIsRefused(String field) {
        assertRefused(lenient, field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "\"k", "k\"", "\"k\"\"", "\"\"k\"", "\"k\"x", "\"k\\\"", "'k\""})
    void unbalancedQuotesAreRefused(String field) {
        assertRefused(lenient, field);
        assertRefused(strict, field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a\", \"b\"", "\"a\",", "a, b", "a,", "(\"a\" \"b\")", "\"a\" \"b\""})
    void listsAreRefused(String field) {
        assertRefused(lenient, field);
    }

    @Test
    void headerSentTwiceIsRefusedEvenWithTheSameKey() {
        assertThatExceptionOfType(InvalidKeyException.class)
                .isThrownBy(() -> lenient.parse(List.of("k", "k")))
                .withMessageContaining("once");
    }

    @ParameterizedTest
    @CsvSource({"255, true", "256, false"})
    void lengthIsCountedWithoutQuotesAndEscapes(int length, boolean accepted) throws InvalidKeyException {
        String escaped = '"' + "\\\\".repeat(length) + '"';
        if (accepted) {
            assertThat(lenient.parse(List.of(escaped))).contains(new IdempotencyKey("\\".repeat(length)));
            assertThat(lenient.parse(List.of("k".repeat(length)))).isPresent();
        } else {
            assertRefused(lenient, escaped);
            assertRefused(lenient, "k".repeat(length));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ";a",
                "; a",
                ";  a",
                ";a;b",
                ";a; b=1",
                ";*a",
                ";a-b_c.d*9=1",
                ";a=1",
                ";a=-1",
                ";a=0",
                ";a=007",
                ";a=123456789012345",
                ";a=1.5",
                ";a=-123456789012.123",
                ";a=\"\"",
                ";a=\"x\\\"y,;\"",
                ";a=tok",
                ";a=*",
                ";a=T:/!#$%&'*+-.^_`|~9",
                ";a=?0",
                ";a=?1;b",
                ";a=::",
                ";a=:YWJj:",
                ";a=:YQ==:",
                ";a=:YQ:",
                ";a=@1659578233",
                ";a=@-1",
                ";a=%\"\"",
                ";a=%\"f%c3%bc\\!\"",
                ";a;a",
                ";a "
            })
    void wellFormedParametersAreIgnored(String parameters) throws InvalidKeyException {
        assertThat(strict.parse(List.of("\"k\"" + parameters))).contains(new IdempotencyKey("k"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ";",
                " ;a",
                ";\ta",
                ";A",
                ";1",
                ";-a",
                ";a=",
                ";a= 1",
                ";a =1",
                ";;a",
                ";a;",
                ";a=1234567890123456",
                ";a=1.",
                ";a=.5",
                ";a=1.2345",
                ";a=1234567890123.1",
                ";a=-",
                ";a=--1",
                ";a=+1",
                ";a=\"x",
                ";a=\"\\x\"",
                ";a=\"\u00e9\"",
                ";a=?",
                ";a=?2",
                ";a=?true",
                ";a=:YQ==",
                ";a=:Y:",
                ";a=:%%:",
                ";a=@",
                ";a=@1.5",
                ";a=@x",
                ";a=%x",
                ";a=%\"",
                ";a=%\"%C3%BC\"",
                ";a=%\"%c3\"",
                ";a=%\"%c\"",
                ";a=%\"%",
                ";a=%\"\u00fc\"",
                ";a=()",
                ";a=(1 2)",
                ";a=,",
                ";a=tok en",
                ";a, \"b\""
            })
    void malformedParametersAreRefused(String parameters) {
        assertRefused(strict, "\"k\"" + parameters);
        assertRefused(lenient, "\"k\"" + parameters);
    }

    @Test
    void parametersOfABareKeyAreRefused() {
        assertRefused(lenient, "k;a=1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c0ffee42 x",
                "\"c0ffee42",
                "\"c0ffee42\", \"b\"",
                "c0ffee42,b",
                "c0ffee42\u00e9",
                "\"c0ffee42\u0001\"",
                "c0ffee42\\"
            })
    void messageIsASentenceWithoutTheKey(String field) {
        for (KeyHeader header : List.of(lenient, strict)) {
            assertThatExceptionOfType(InvalidKeyException.class)
                    .isThrownBy(() -> header.parse(List.of(field)))
                    .withMessageContaining("Idempotency-Key")
                    .withMessageEndingWith(".")
                    .withMessageNotContaining("c0ffee42");
        }
    }

    @Test
    void longFieldNeitherOverflowsTheStackNorIsAccepted() {
        assertRefused(lenient, '"' + "\\\"".repeat(500_000) + '"');
        assertRefused(lenient, "\"k\"" + ";a=\"\\\"\"".repeat(100_000) + ";");
    }

    private static void assertRefused(KeyHeader header, String field) {
        assertThatExceptionOfType(InvalidKeyException.class).isThrownBy(() -> header.parse(List.of(field)));
    }
}
