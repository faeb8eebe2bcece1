package io.idempotency.campaign.fuzz;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What came back over one socket before it was closed.
 *
 * @param text the bytes, a character each
 * @param hung whether the server neither answered nor closed
 */
record Received(String text, boolean hung) {

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})");
    private static final Pattern PATH = Pattern.compile("\"status\":5.*?\"path\":\"(/[a-z]*)");
    private static final Pattern HANDLED = Pattern.compile("handled:([0-9a-f]*);");

    /** The final answers, in order. */
    List<Integer> statuses() {
        List<Integer> statuses = new ArrayList<>();
        for (Matcher found = STATUS.matcher(text); found.find(); ) {
            int status = Integer.parseInt(found.group(1));
            if (status >= 200) {
                statuses.add(status);
            }
        }
        return statuses;
    }

    /** The errors of the server among them, in order. */
    List<Integer> serverErrors() {
        return statuses().stream().filter(status -> status >= 500).toList();
    }

    /** Whether one of the errors can be the library's, which refuses neither a method nor a version of HTTP. */
    boolean mayBeTheLibrarys() {
        return serverErrors().stream().anyMatch(status -> status != 501 && status != 505);
    }

    /** The server's errors, and the path that an error page names. */
    String shownErrors() {
        Matcher path = PATH.matcher(text);
        return serverErrors() + (path.find() ? " " + path.group(1) : "");
    }

    /** The keys that guarded handlers say they were executed for. */
    List<String> executedKeys() {
        List<String> keys = new ArrayList<>();
        for (Matcher found = HANDLED.matcher(text); found.find(); ) {
            keys.add(Latin1.text(HexFormat.of().parseHex(found.group(1))));
        }
        return keys;
    }

    /** How a handler says so. */
    static String handled(String key) {
        return "handled:" + HexFormat.of().formatHex(Latin1.bytes(key)) + ";";
    }
}
