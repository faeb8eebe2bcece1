package io.idempotency.campaign.fuzz;

import java.math.BigInteger;
import java.util.List;

/** A JSON value as it is meant. */
sealed interface JsonValue {

    /** An object, whose names differ. */
    record Members(List<Member> members) implements JsonValue {}

    /** A name and its value. */
    record Member(String name, JsonValue value) {}

    /** An array. */
    record Elements(List<JsonValue> elements) implements JsonValue {}

    /** A string. */
    record Text(String characters) implements JsonValue {}

    /**
     * A number, however large.
     *
     * @param negative its sign; zero has none
     * @param digits its digits without zeros around them; empty for zero
     * @param power how many powers of ten the last digit stands for
     */
    record Decimal(boolean negative, String digits, BigInteger power) implements JsonValue {}

    /** {@code true}, {@code false} or {@code null}. */
    record Keyword(String word) implements JsonValue {}
}
