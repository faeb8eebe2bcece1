package io.idempotency.servlet;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** A JSON value whose {@code equals} is the equality of meanings; numbers have no trailing zeros. */
sealed interface Json {

    record Members(Map<String, Json> byName) implements Json {}

    record Elements(List<Json> inOrder) implements Json {}

    record Text(String characters) implements Json {}

    record Decimal(BigDecimal value) implements Json {

        public Decimal {
            value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        }
    }

    record Keyword(String word) implements Json {}
}
