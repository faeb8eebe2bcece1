package io.idempotency.campaign.fuzz;

import io.idempotency.campaign.fuzz.JsonValue.Decimal;
import io.idempotency.campaign.fuzz.JsonValue.Elements;
import io.idempotency.campaign.fuzz.JsonValue.Keyword;
import io.idempotency.campaign.fuzz.JsonValue.Member;
import io.idempotency.campaign.fuzz.JsonValue.Members;
import io.idempotency.campaign.fuzz.JsonValue.Text;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads JSON in the naive way, by recursion over characters, to say independently what has one meaning.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
 */
final class JsonModel {

    /** Deeper documents are left to the library alone. */
    static final int MOST_DEPTH = 300;

    private static final Pattern NUMBER =
            Pattern.compile("(-?)(0|[1-9][0-9]*+)(?:\\.([0-9]++))?(?:[eE]([+-]?[0-9]++))?");
    private static final String ESCAPES = "\"\\/bfnrt";
    private static final String ESCAPED = "\"\\/\b\f\n\r\t";

    private final String json;
    private int at;
    private int depth;

    private JsonModel(String json) {
        this.json = json;
    }

    /** A text has no meaning, more than one, or one that the model does not look for. */
    static final class NoMeaningException extends Exception {

        private static final long serialVersionUID = 1L;

        private final boolean tooDeep;

        NoMeaningException(String reason, boolean tooDeep) {
            super(reason, null, false, false);
            this.tooDeep = tooDeep;
        }

        boolean isTooDeep() {
            return tooDeep;
        }
    }

    static JsonValue parse(String json) throws NoMeaningException {
        JsonModel model = new JsonModel(json.startsWith("\ufeff") ? json.substring(1) : json);
        JsonValue value = model.value();
        model.space();
        require(model.at == model.json.length(), "more than one value");
        return value;
    }

    private JsonValue value() throws NoMeaningException {
        space();
        char first = peek();
        if (first == '{' || first == '[') {
            depth++;
            if (depth > MOST_DEPTH) {
                throw new NoMeaningException("too deep", true);
            }
            JsonValue container = first == '{' ? members() : elements();
            depth--;
            return container;
        }
        if (first == '"') {
            return new Text(string());
        }
        return first == '-' || (first >= '0' && first <= '9') ? number() : keyword();
    }

    private JsonValue members() throws NoMeaningException {
        at++;
        List<Member> members = new ArrayList<>();
        Set<String> names = new HashSet<>();
        space();
        while (peek() != '}') {
            if (!members.isEmpty()) {
                take(',');
                space();
            }
            String name = string();
            space();
            take(':');
            members.add(new Member(name, value()));
            require(names.add(name), "a name twice");
            space();
        }
        at++;
        return new Members(members);
    }

    private JsonValue elements() throws NoMeaningException {
        at++;
        List<JsonValue> elements = new ArrayList<>();
        space();
        while (peek() != ']') {
            if (!elements.isEmpty()) {
                take(',');
            }
            elements.add(value());
            space();
        }
        at++;
        return new Elements(elements);
    }

    private String string() throws NoMeaningException {
        take('"');
        StringBuilder text = new StringBuilder();
        for (char c = next(); c != '"'; c = next()) {
            require(c >= 0x20, "a control character");
            text.append(c == '\\' ? escaped() : c);
        }
        requireWhole(text);
        return text.toString();
    }

    private char escaped() throws NoMeaningException {
        char kind = next();
        if (kind != 'u') {
            require(ESCAPES.indexOf(kind) >= 0, "an unknown escape");
            return ESCAPED.charAt(ESCAPES.indexOf(kind));
        }
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            char digit = next();
            require(digit < 0x80 && Character.digit(digit, 16) >= 0, "an escape without a number");
            unit = unit * 16 + Character.digit(digit, 16);
        }
        return (char) unit;
    }

    private static void requireWhole(CharSequence text) throws NoMeaningException {
        boolean lone = text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
        require(!lone, "a lone surrogate");
    }

    private JsonValue number() throws NoMeaningException {
        Matcher number = NUMBER.matcher(json).region(at, json.length());
        require(number.lookingAt(), "no number");
        at = number.end();
        String fraction = number.group(3) == null ? "" : number.group(3);
        String digits = (number.group(2) + fraction).replaceFirst("^0++", "");
        int last = digits.length();
        while (last > 0 && digits.charAt(last - 1) == '0') {
            last--;
        }
        String exponent = number.group(4) == null ? "0" : number.group(4);
        BigInteger power =
                new BigInteger(exponent).add(BigInteger.valueOf((long) digits.length() - last - fraction.length()));
        return last == 0
                ? new Decimal(false, "", BigInteger.ZERO)
                : new Decimal(!number.group(1).isEmpty(), digits.substring(0, last), power);
    }

    private JsonValue keyword() throws NoMeaningException {
        for (String word : List.of("true", "false", "null")) {
            if (json.startsWith(word, at)) {
                at += word.length();
                return new Keyword(word);
            }
        }
        throw new NoMeaningException("no value", false);
    }

    private void space() {
        while (at < json.length() && " \t\r\n".indexOf(json.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() throws NoMeaningException {
        require(at < json.length(), "an early end");
        return json.charAt(at);
    }

    private char next() throws NoMeaningException {
        char next = peek();
        at++;
        return next;
    }

    private void take(char expected) throws NoMeaningException {
        require(next() == expected, "not what must come");
    }

    private static void require(boolean holds, String otherwise) throws NoMeaningException {
        if (!holds) {
            throw new NoMeaningException(otherwise, false);
        }
    }
}
