package io.idempotency.campaign.fuzz;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which header fields hold a key, said once more in the naive way: a grammar written down as regular expressions.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9651#section-3.3">RFC 9651, section 3.3</a>
 */
final class KeyModel {

    private static final String STRING = "\"(?:[ !#-\\[\\]-~]|\\\\[\"\\\\])*+\"";
    private static final String NUMBER = "-?(?:[0-9]{1,12}\\.[0-9]{1,3}|[0-9]{1,15}+(?!\\.))";
    private static final String DATE = "@-?[0-9]{1,15}";
    private static final String TOKEN = "[A-Za-z*][A-Za-z0-9!#$%&'*+.^_`|~:/-]*+";
    private static final String BYTES = ":(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?:";
    private static final String NEXT = "%[89ab][0-9a-f]";
    private static final String DISPLAY_STRING = "%\"(?:[ !#$&-~]|%[0-7][0-9a-f]|%(?:c[2-9a-f]|d[0-9a-f])" + NEXT
            + "|%e0%[ab][0-9a-f]" + NEXT + "|%e[1-9abcef]" + NEXT + NEXT + "|%ed%[89][0-9a-f]" + NEXT
            + "|%f0%[9ab][0-9a-f]" + NEXT + NEXT + "|%f[123]" + NEXT + NEXT + NEXT + "|%f4%8[0-9a-f]" + NEXT + NEXT
            + ")*+\"";
    private static final String BARE_ITEM =
            "(?:" + String.join("|", STRING, NUMBER, DATE, TOKEN, BYTES, DISPLAY_STRING, "\\?[01]") + ")";
    private static final String PARAMETERS = "(?:; *[a-z*][a-z0-9_.*-]*(?:=" + BARE_ITEM + ")?)*+";

    private static final Pattern QUOTED = Pattern.compile("[ \t]*(" + STRING + ")" + PARAMETERS + "[ \t]*");
    private static final Pattern BARE = Pattern.compile("[ \t]*([!-~&&[^,;\"\\\\]]{1,255})[ \t]*");

    private KeyModel() {}

    /** The key of a request whose header fields of that name have these values; nothing if they are not one valid key. */
    static Optional<String> key(List<String> values) {
        if (values.size() != 1) {
            return Optional.empty();
        }
        var bare = BARE.matcher(values.get(0));
        return bare.matches() ? Optional.of(bare.group(1)) : quoted(values.get(0));
    }

    /** The key, if it is given in quotes. */
    static Optional<String> quoted(String value) {
        var quoted = QUOTED.matcher(value);
        if (!quoted.matches()) {
            return Optional.empty();
        }
        String string = quoted.group(1);
        String key = string.substring(1, string.length() - 1).replaceAll("\\\\(.)", "$1");
        return key.isEmpty() || key.length() > 255 ? Optional.empty() : Optional.of(key);
    }

    static String serialised(String key) {
        return '"' + key.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Whether a key can be sent without quotes. */
    static boolean isBare(String key) {
        return BARE.matcher(key).matches() && key.strip().equals(key);
    }
}
