package io.idempotency.servlet;

import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Generates JSON values of every kind, small enough to shrink. */
final class JsonArbitraries {

    private JsonArbitraries() {}

    /** Without edge cases, whose combinations over several levels are too many to hold. */
    static Arbitrary<Json> values() {
        return values(3).withoutEdgeCases();
    }

    private static Arbitrary<Json> values(int depth) {
        if (depth == 0) {
            return scalars();
        }
        Arbitrary<Json> inner = values(depth - 1);
        return Arbitraries.oneOf(
                scalars(),
                inner.list().ofMaxSize(4).map(Json.Elements::new),
                Arbitraries.maps(texts(), inner).ofMaxSize(4).map(Json.Members::new));
    }

    private static Arbitrary<Json> scalars() {
        return Arbitraries.<Json>oneOf(
                texts().map(Json.Text::new),
                numbers().map(Json.Decimal::new),
                Arbitraries.of("true", "false", "null").map(Json.Keyword::new));
    }

    private static Arbitrary<String> texts() {
        Arbitrary<Integer> codePoints = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.integers().between('a', 'c')),
                Tuple.of(2, Arbitraries.of((int) '"', (int) '\\', (int) '/', 0, 7, 8, 9, 10, 12, 13, 31, 127)),
                Tuple.of(1, Arbitraries.integers().between(0x80, 0xD7FF)),
                Tuple.of(1, Arbitraries.integers().between(0xE000, 0xFFFF)),
                Tuple.of(1, Arbitraries.integers().between(0x10000, 0x10FFFF)));
        return codePoints.list().ofMaxSize(6).map(points -> {
            StringBuilder text = new StringBuilder();
            points.forEach(text::appendCodePoint);
            return text.toString();
        });
    }

    private static Arbitrary<BigDecimal> numbers() {
        Arbitrary<BigInteger> digits = Arbitraries.oneOf(
                Arbitraries.bigIntegers().between(BigInteger.valueOf(-20), BigInteger.valueOf(20)),
                Arbitraries.bigIntegers().between(BigInteger.TEN.pow(40).negate(), BigInteger.TEN.pow(40)));
        return Combinators.combine(digits, Arbitraries.integers().between(-400, 400))
                .as(BigDecimal::new);
    }
}
