package io.idempotency.servlet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Changes the meaning of a JSON value in one place. */
final class JsonChange {

    private final Random choice;

    private JsonChange(Random choice) {
        this.choice = choice;
    }

    static Json of(Json value, long seed) {
        return new JsonChange(new Random(seed)).changed(value);
    }

    private Json changed(Json value) {
        if (value instanceof Json.Members members) {
            return members(new LinkedHashMap<>(members.byName()));
        }
        if (value instanceof Json.Elements elements) {
            return elements(new ArrayList<>(elements.inOrder()));
        }
        if (value instanceof Json.Text text) {
            return new Json.Text(character(text.characters()));
        }
        if (value instanceof Json.Decimal number) {
            return number(number.value());
        }
        return value.equals(new Json.Keyword("null")) ? new Json.Keyword("false") : new Json.Keyword("null");
    }

    private Json members(Map<String, Json> members) {
        List<String> names = new ArrayList<>(members.keySet());
        if (names.isEmpty()) {
            return choice.nextBoolean() ? new Json.Elements(List.of()) : new Json.Members(Map.of("", NULL));
        }
        String name = names.get(choice.nextInt(names.size()));
        Json value = members.get(name);
        switch (choice.nextInt(4)) {
            case 0 -> members.remove(name);
            case 1 -> {
                members.remove(name);
                members.put(longerThanAny(names), value);
            }
            case 2 -> members.put(longerThanAny(names), NULL);
            default -> members.put(name, changed(value));
        }
        return new Json.Members(members);
    }

    private Json elements(List<Json> elements) {
        if (elements.isEmpty()) {
            return choice.nextBoolean() ? new Json.Members(Map.of()) : new Json.Elements(List.of(NULL));
        }
        int at = choice.nextInt(elements.size());
        switch (choice.nextInt(5)) {
            case 0 -> elements.remove(at);
            case 1 -> elements.add(at, NULL);
            case 2 -> elements.set(at, new Json.Elements(List.of(elements.get(at))));
            case 3 -> elements.add(elements.remove(0));
            default -> elements.set(at, changed(elements.get(at)));
        }
        return new Json.Elements(elements);
    }

    private String character(String text) {
        int at = choice.nextInt(text.codePointCount(0, text.length()) + 1);
        int index = text.offsetByCodePoints(0, at);
        boolean replace = index < text.length() && choice.nextBoolean();
        int after = replace ? text.offsetByCodePoints(index, 1) : index;
        String added = replace && text.codePointAt(index) == 'a' ? "b" : "a";
        return text.substring(0, index) + added + text.substring(after);
    }

    private Json number(BigDecimal value) {
        BigInteger digits = value.unscaledValue();
        return new Json.Decimal(
                switch (choice.nextInt(3)) {
                    case 0 -> new BigDecimal(digits.add(BigInteger.ONE), value.scale());
                    case 1 -> value.signum() == 0 ? BigDecimal.ONE : value.negate();
                    default -> value.signum() == 0 ? BigDecimal.TEN : value.scaleByPowerOfTen(1);
                });
    }

    private static String longerThanAny(List<String> names) {
        return String.join("", names) + "a";
    }

    private static final Json NULL = new Json.Keyword("null");
}
