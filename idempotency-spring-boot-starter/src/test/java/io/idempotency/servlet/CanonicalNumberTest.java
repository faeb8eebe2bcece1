package io.idempotency.servlet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalNumberTest {

    private static final BigInteger THREE = BigInteger.valueOf(3);

    @ParameterizedTest
    @ValueSource(strings = {"1", "1.0", "1e0", "10e-1", "1E+00", "0.1e1", "0.001E3", "1000.000e-3", "1e-0"})
    void allSpellingsOfOneAreOne(String literal) {
        assertThat(canonical(literal)).isEqualTo("1e0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0", "0.0", "-0.000", "0e99", "0E-99", "-0e+0", "0.0e123456789012345678901234567890"})
    void allSpellingsOfZeroAreZero(String literal) {
        assertThat(canonical(literal)).isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource({
        "9007199254740993, 9007199254740992",
        "0.1, 0.10000000000000000001",
        "1e400, 1e401",
        "1e-400, 0",
        "1, -1",
        "1e999999999999999999, 1e1000000000000000000",
        "1e99999999999999999999, 1e99999999999999999998",
        "1e99999999999999999999, 1e-99999999999999999999",
        "12, 21"
    })
    void numbersBeyondADoubleAreToldApart(String one, String other) {
        assertThat(canonical(one)).isNotEqualTo(canonical(other));
    }

    @ParameterizedTest
    @CsvSource({
        "10e999999999999999999, 1e1000000000000000000",
        "0.1e1000000000000000000, 1e999999999999999999",
        "0.1e-999999999999999999, 1e-1000000000000000000",
        "10e-1000000000000000000, 1e-999999999999999999",
        "100e99999999999999999999, 1e100000000000000000001",
        "0.01e100000000000000000001, 1e99999999999999999999",
        "100e-100000000000000000001, 1e-99999999999999999999",
        "1e+00000000000000000000000007, 10000000",
        "1e9223372036854775807, 0.1e9223372036854775808",
        "1e-9223372036854775808, 10e-9223372036854775809"
    })
    void longExponentsCarryAndBorrow(String one, String other) {
        assertThat(canonical(one)).isEqualTo(canonical(other));
    }

    @Test
    void hugeMantissaIsExactToItsLastDigit() {
        String digits = "7".repeat(500_000);
        assertThat(same(digits + "1", digits + ".1e1")).isTrue();
        assertThat(same(digits + "1", digits + "2")).isFalse();
    }

    @Test
    void hugeExponentIsExactToItsLastDigit() {
        String nines = "9".repeat(500_000);
        String power = "1" + "0".repeat(500_000);
        assertThat(same("10e" + nines, "1e" + power)).isTrue();
        assertThat(same("10e-" + power, "1e-" + nines)).isTrue();
        assertThat(same("1e" + power, "1e" + nines)).isFalse();
    }

    @Property
    void twoLiteralsAreOneNumberExactlyIfTheirDecimalsAre(
            @ForAll("literals") String one, @ForAll("literals") String other) {
        assertThat(same(one, other)).isEqualTo(new BigDecimal(one).compareTo(new BigDecimal(other)) == 0);
    }

    @Property
    void canonicalSpellingIsTheSameNumber(@ForAll("literals") String literal) {
        assertThat(new BigDecimal(canonical(literal))).isEqualByComparingTo(new BigDecimal(literal));
    }

    @Property
    void movingThePointAgainstAnExponentOfAnyLengthChangesNothing(
            @ForAll("digits") String digits, @ForAll BigInteger exponent, @ForAll("exponentDigits") String more) {
        BigInteger power = new BigInteger(exponent + more);
        String moved = "0." + digits + "e" + power.add(BigInteger.valueOf(digits.length()));
        assertThat(canonical(moved)).isEqualTo(canonical(digits + "000e" + power.subtract(THREE)));
    }

    @Provide
    Arbitrary<String> digits() {
        return Arbitraries.strings().withChars("0159").ofMaxLength(8).map(rest -> "3" + rest);
    }

    @Provide
    Arbitrary<String> exponentDigits() {
        return Arbitraries.strings().withChars("09").ofMaxLength(24);
    }

    /** Few digits, so that different literals often are the same number. */
    @Provide
    Arbitrary<String> literals() {
        Arbitrary<String> sign = Arbitraries.of("", "-");
        Arbitrary<String> whole = Arbitraries.of("0", "1", "10", "100", "12", "120");
        Arbitrary<String> fraction = Arbitraries.of("", ".0", ".1", ".10", ".01", ".00", ".012");
        Arbitrary<String> exponent = Arbitraries.of("", "e0", "E1", "e+1", "e-1", "E-02", "e2", "e-3");
        return Combinators.combine(sign, whole, fraction, exponent).as((s, w, f, e) -> s + w + f + e);
    }

    /** What is written of a number that others surround, all of which stay as they are. */
    private static String canonical(String literal) {
        char[] json = ("[" + literal + "]").toCharArray();
        byte[] target = new byte[literal.length() + CanonicalNumber.GROWTH + 2];
        int end = CanonicalNumber.write(json, 1, json.length - 1, target, 1);
        assertThat(target[0]).isZero();
        return new String(target, 1, end - 1, US_ASCII);
    }

    /** A boolean, so that a failure does not print half a million digits. */
    private static boolean same(String one, String other) {
        return canonical(one).equals(canonical(other));
    }
}
