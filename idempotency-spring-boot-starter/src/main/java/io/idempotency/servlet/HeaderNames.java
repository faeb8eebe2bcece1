package io.idempotency.servlet;

import java.util.regex.Pattern;

/**
 * What can name a header field.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2">RFC 9110, section 5.6.2, Tokens</a>
 */
public final class HeaderNames {

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private HeaderNames() {}

    /**
     * Whether a header field can have this name.
     *
     * @param name the name
     * @return true if HTTP allows it
     */
    public static boolean isToken(String name) {
        return TOKEN.matcher(name).matches();
    }
}
