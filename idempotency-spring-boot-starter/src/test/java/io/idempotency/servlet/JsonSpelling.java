package io.idempotency.servlet;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Spells one JSON value in one of its many ways. */
final class JsonSpelling {

    private final Random choice;
    private final StringBuilder json = new StringBuilder();

    private JsonSpelling(Random choice) {
        this.choice = choice;
    }

    static String of(Json value, long seed) {
        JsonSpelling spelling = new JsonSpelling(new Random(seed));
        spelling.json.append(spelling.choice.nextInt(4) == 0 ? "\ufeff" : "");
        spelling.value(value);
        return spelling.json.toString();
    }

    private void value(Json value) {
        space();
        if (value instanceof Json.Members members) {
            members(members.byName());
        } else if (value instanceof Json.Elements elements) {
            elements(elements.inOrder());
        } else if (value instanceof Json.Text text) {
            text(text.characters());
        } else if (value instanceof Json.Decimal number) {
            number(number.value());
        } else if (value instanceof Json.Keyword keyword) {
            json.append(keyword.word());
        }
        space();
    }

    private void members(Map<String, Json> byName) {
        List<Map.Entry<String, Json>> members = new ArrayList<>(byName.entrySet());
        Collections.shuffle(members, choice);
        String separator = "{";
        for (Map.Entry<String, Json> member : members) {
            json.append(separator);
            space();
            text(member.getKey());
            space();
            json.append(':');
            value(member.getValue());
            separator = ",";
        }
        json.append(members.isEmpty() ? "{}" : "}");
    }

    private void elements(List<Json> inOrder) {
        String separator = "[";
        for (Json element : inOrder) {
            json.append(separator);
            value(element);
            separator = ",";
        }
        json.append(inOrder.isEmpty() ? "[]" : "]");
    }

    private void text(String characters) {
        json.append('"');
        characters.codePoints().forEach(point -> {
            int shortEscape = "\"\\/\b\f\n\r\t".indexOf(point);
            boolean mustBeEscaped = point < 0x20 || point == '"' || point == '\\';
            if (shortEscape >= 0 && choice.nextBoolean()) {
                json.append('\\').append("\"\\/bfnrt".charAt(shortEscape));
            } else if (mustBeEscaped || choice.nextInt(3) == 0) {
                for (char unit : Character.toChars(point)) {
                    json.append(String.format(choice.nextBoolean() ? "\\u%04x" : "\\u%04X", (int) unit));
                }
            } else {
                json.appendCodePoint(point);
            }
        });
        json.append('"');
    }

    private void number(BigDecimal value) {
        boolean negative = value.signum() < 0 || (value.signum() == 0 && choice.nextBoolean());
        int zeros = choice.nextInt(4);
        String digits = value.unscaledValue().abs() + "0".repeat(zeros);
        int point = value.signum() == 0 ? 1 : choice.nextInt(digits.length() + 1);
        int exponent = value.signum() == 0 ? choice.nextInt() : digits.length() - point - value.scale() - zeros;
        json.append(negative ? "-" : "").append(point == 0 ? "0" : digits.substring(0, point));
        if (point < digits.length()) {
            json.append('.').append(digits.substring(point));
        }
        if (exponent != 0 || choice.nextBoolean()) {
            String sign = exponent < 0 ? "-" : choice.nextBoolean() ? "+" : "";
            json.append(choice.nextBoolean() ? 'e' : 'E').append(sign);
            json.append("0".repeat(choice.nextInt(3))).append(Math.abs((long) exponent));
        }
    }

    private void space() {
        while (choice.nextInt(3) == 0) {
            json.append(" \t\r\n".charAt(choice.nextInt(4)));
        }
    }
}
