package io.idempotency.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.idempotency.core.IdempotencyKey;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class KeyHeaderPropertyTest {

    private final KeyHeader lenient = new KeyHeader("Idempotency-Key", false);
    private final KeyHeader strict = new KeyHeader("Idempotency-Key", true);

    @Property
    void everyKeySurvivesQuoting(@ForAll("printable") String key) throws InvalidKeyException {
        assertThat(strict.parse(List.of(quoted(key)))).contains(new IdempotencyKey(key));
        assertThat(lenient.parse(List.of(quoted(key)))).contains(new IdempotencyKey(key));
    }

    @Property
    void bareKeyIsTheKeyInQuotes(@ForAll("bare") String key) throws InvalidKeyException {
        assertThat(lenient.parse(List.of(key)))
                .isEqualTo(lenient.parse(List.of(quoted(key))))
                .isPresent();
    }

    @Property
    void oneIllegalCharacterAnywhereSpoilsABareKey(
            @ForAll("bare") String before, @ForAll("illegalInABareKey") char illegal, @ForAll("bare") String after) {
        assertRefused(lenient, before.substring(before.length() / 2) + illegal + after.substring(after.length() / 2));
    }

    @Property
    void oneIllegalCharacterAnywhereSpoilsAQuotedKey(
            @ForAll("printable") String key,
            @ForAll("notPrintable") char illegal,
            @ForAll @IntRange(max = 254) int at) {
        int inner = at % key.length();
        String field = quoted(key.substring(0, inner)).replaceAll("\"$", "")
                + illegal
                + quoted(key.substring(inner)).substring(1);
        assertRefused(lenient, field);
        assertRefused(strict, field);
    }

    @Property
    void oneQuoteWithoutItsBackslashSpoilsAQuotedKey(
            @ForAll("printable") String before, @ForAll("printable") String after) {
        assertRefused(lenient, quoted(before) + quoted(after).substring(1));
    }

    @Property
    void whateverIsReadIsAValidKeyAndWhateverIsNotIsRefused(@ForAll @From("anything") String field) {
        try {
            assertThat(lenient.parse(List.of(field)).orElseThrow().value()).matches("[ -~]{1,255}");
        } catch (InvalidKeyException refused) {
            assertThat(refused).hasMessageContaining("Idempotency-Key");
        }
    }

    @Provide
    Arbitrary<String> printable() {
        return Arbitraries.strings().withCharRange(' ', '~').ofMinLength(1).ofMaxLength(255);
    }

    @Provide
    Arbitrary<String> bare() {
        return Arbitraries.strings()
                .withCharRange('!', '~')
                .excludeChars(',', ';', '"', '\\')
                .ofMinLength(1)
                .ofMaxLength(255);
    }

    @Provide
    Arbitrary<Character> illegalInABareKey() {
        return Arbitraries.oneOf(notPrintable(), Arbitraries.of(' ', ',', ';', '"', '\\'));
    }

    @Provide
    Arbitrary<Character> notPrintable() {
        return Arbitraries.oneOf(
                Arbitraries.chars().range('\u0000', '\u001f'),
                Arbitraries.chars().range('\u007f', '\uffff'));
    }

    @Provide
    Arbitrary<String> anything() {
        return Arbitraries.strings().withChars("\"\\;=:?@%*(), \tab019.-\u00e9").ofMaxLength(12);
    }

    private static String quoted(String key) {
        return '"' + key.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static void assertRefused(KeyHeader header, String field) {
        assertThatExceptionOfType(InvalidKeyException.class).isThrownBy(() -> header.parse(List.of(field)));
    }
}
