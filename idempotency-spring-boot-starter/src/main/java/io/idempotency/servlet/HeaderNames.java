package io.idempotency.servlet;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What can name a header field, and which fields can be replayed.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2">RFC 9110, section 5.6.2, Tokens</a>
 */
public final class HeaderNames {

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /** What belongs to one transmission, to one client or to one caller, and never to a stored answer. */
    private static final Set<String> OF_ONE_ANSWER = Set.of(
            "connection",
            "content-length",
            "date",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "set-cookie",
            "set-cookie2",
            "authentication-info",
            "proxy-authenticate",
            "proxy-authentication-info",
            "www-authenticate",
            "traceparent",
            "tracestate");

    private static final String OF_CORS = "access-control-";

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

    /**
     * Whether a header field can be replayed: hop-by-hop fields, framing, cookies, and what CORS, tracing and authentication add cannot.
     *
     * @param name the name
     * @return false if it belongs to one answer alone
     */
    public static boolean isReplayable(String name) {
        String field = name.toLowerCase(Locale.ROOT);
        return !OF_ONE_ANSWER.contains(field) && !field.startsWith(OF_CORS);
    }
}
