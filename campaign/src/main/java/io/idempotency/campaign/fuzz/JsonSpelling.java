package io.idempotency.campaign.fuzz;

import io.idempotency.campaign.fuzz.JsonValue.Decimal;
import io.idempotency.campaign.fuzz.JsonValue.Elements;
import io.idempotency.campaign.fuzz.JsonValue.Keyword;
import io.idempotency.campaign.fuzz.JsonValue.Member;
import io.idempotency.campaign.fuzz.JsonValue.Members;
import io.idempotency.campaign.fuzz.JsonValue.Text;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Writes a JSON value in one of its many ways, and one value of it changed if that is wanted. */
final class JsonSpelling {

    private static final int NOTHING = -1;

    private final Choice choice;
    private final StringBuilder json = new StringBuilder();
    private int untilChange;

    private JsonSpelling(Choice choice, int untilChange) {
        this.choice = choice;
        this.untilChange = untilChange;
    }

    static String same(JsonValue value, Choice choice) {
        return written(value, new JsonSpelling(choice, NOTHING));
    }

    /** One of the values within this one, or itself, is another one. */
    static String changed(JsonValue value, Choice choice) {
        return written(value, new JsonSpelling(choice, choice.below(count(value))));
    }

    private static String written(JsonValue value, JsonSpelling spelling) {
        spelling.json.append(spelling.choice.oneIn(8) ? "\ufeff" : "");
        spelling.value(value);
        return spelling.json.toString();
    }

    private static int count(JsonValue value) {
        int count = 1;
        if (value instanceof Members object) {
            count += object.members().stream()
                    .mapToInt(member -> count(member.value()))
                    .sum();
        } else if (value instanceof Elements array) {
            count += array.elements().stream().mapToInt(JsonSpelling::count).sum();
        }
        return count;
    }

    private void value(JsonValue value) {
        boolean change = untilChange == 0;
        untilChange--;
        space();
        if (value instanceof Members object) {
            members(object.members(), change);
        } else if (value instanceof Elements array) {
            elements(array.elements(), change);
        } else if (value instanceof Text text) {
            text(text.characters() + (change ? "x" : ""));
        } else if (value instanceof Decimal number) {
            number(change ? changed(number) : number);
        } else if (value instanceof Keyword keyword) {
            json.append(change ? changed(keyword) : keyword.word());
        }
        space();
    }

    private static String changed(Keyword keyword) {
        return keyword.word().equals("true") ? "false" : "true";
    }

    private Decimal changed(Decimal number) {
        return switch (number.digits().isEmpty() ? 0 : choice.below(3)) {
            case 0 ->
                new Decimal(
                        number.negative(), number.digits() + "1", number.power().subtract(BigInteger.ONE));
            case 1 -> new Decimal(!number.negative(), number.digits(), number.power());
            default ->
                new Decimal(number.negative(), number.digits(), number.power().add(BigInteger.ONE));
        };
    }

    private void members(List<Member> members, boolean change) {
        List<Member> all = new ArrayList<>(members);
        choice.shuffle(all);
        json.append('{');
        String separator = "";
        for (Member member : all) {
            json.append(separator);
            space();
            text(member.name());
            space();
            json.append(':');
            value(member.value());
            separator = ",";
        }
        if (change) {
            json.append(separator);
            text(String.join("", members.stream().map(Member::name).toList()) + "x");
            json.append(":null");
        }
        json.append(all.isEmpty() && choice.oneIn(2) ? " }" : "}");
    }

    private void elements(List<JsonValue> elements, boolean change) {
        json.append('[');
        String separator = "";
        for (JsonValue element : elements) {
            json.append(separator);
            value(element);
            separator = ",";
        }
        json.append(change ? separator + "null]" : "]");
    }

    private void text(String characters) {
        json.append('"');
        for (int at = 0; at < characters.length(); at++) {
            char unit = characters.charAt(at);
            int known = "\"\\/\b\f\n\r\t".indexOf(unit);
            boolean half = Character.isSurrogate(unit);
            if (known >= 0 && choice.oneIn(2)) {
                json.append('\\').append("\"\\/bfnrt".charAt(known));
            } else if (unit < 0x20 || unit == '"' || unit == '\\' || (!half && choice.oneIn(6))) {
                escape(unit);
            } else if (half && choice.oneIn(2)) {
                escape(unit);
                escape(characters.charAt(++at));
            } else {
                json.append(unit);
                if (half) {
                    json.append(characters.charAt(++at));
                }
            }
        }
        json.append('"');
    }

    private void escape(char unit) {
        HexFormat hex = choice.oneIn(2) ? HexFormat.of() : HexFormat.of().withUpperCase();
        json.append("\\u").append(hex.toHexDigits(unit));
    }

    private void number(Decimal number) {
        if (number.digits().isEmpty()) {
            json.append(choice.from(List.of("0", "-0", "0.0", "0e99", "-0.000E-7", "0e+0")));
            return;
        }
        String digits = number.digits() + "0".repeat(choice.below(4));
        BigInteger power = number.power()
                .subtract(BigInteger.valueOf(
                        (long) digits.length() - number.digits().length()));
        int point = choice.below(digits.length() + 1);
        json.append(number.negative() ? "-" : "").append(point == 0 ? "0" : digits.substring(0, point));
        if (point < digits.length()) {
            json.append('.').append(digits, point, digits.length());
            power = power.add(BigInteger.valueOf((long) digits.length() - point));
        }
        if (power.signum() != 0 || choice.oneIn(3)) {
            json.append(choice.oneIn(2) ? 'e' : 'E').append(power.signum() < 0 ? "-" : choice.oneIn(2) ? "+" : "");
            json.append("0".repeat(choice.below(3))).append(power.abs());
        }
    }

    private void space() {
        while (choice.oneIn(4)) {
            json.append(" \t\r\n".charAt(choice.below(4)));
        }
    }
}
