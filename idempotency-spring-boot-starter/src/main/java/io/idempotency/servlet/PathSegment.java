package io.idempotency.servlet;

/**
 * Reads a segment of a raw path as Spring does, without a copy: escapes decoded, parameters left out.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3986#section-3.3">RFC 3986, section 3.3, Path</a>
 */
final class PathSegment {

    private static final int ESCAPE = "%2F".length();
    private static final int ASCII = 0x80;

    private PathSegment() {}

    /** Says whether a segment holds something, and no escapes but those of ASCII characters; all others are Spring's business. */
    static boolean isReadable(String path, int from, int to) {
        for (int i = from; i < to; i++) {
            if (path.charAt(i) == '%' && !isAscii(path, i, to)) {
                return false;
            }
        }
        return from < to;
    }

    private static boolean isAscii(String path, int escape, int to) {
        if (escape + ESCAPE > to) {
            return false;
        }
        int high = Character.digit(path.charAt(escape + 1), 16);
        int low = Character.digit(path.charAt(escape + 2), 16);
        return high >= 0 && low >= 0 && decoded(path, escape) < ASCII;
    }

    private static char decoded(String path, int escape) {
        return (char)
                (Character.digit(path.charAt(escape + 1), 16) << 4 | Character.digit(path.charAt(escape + 2), 16));
    }

    /**
     * Compares a text with a {@linkplain #isReadable readable} segment.
     *
     * @return negative if the text comes first, positive if the segment does, 0 if they are the same
     */
    static int compare(String text, String path, int from, int to) {
        int i = from;
        for (int at = 0; at < text.length(); at++) {
            if (isOver(path, i, to)) {
                return 1;
            }
            boolean escaped = path.charAt(i) == '%';
            char next = escaped ? decoded(path, i) : path.charAt(i);
            if (text.charAt(at) != next) {
                return text.charAt(at) - next;
            }
            i += escaped ? ESCAPE : 1;
        }
        return isOver(path, i, to) ? 0 : -1;
    }

    private static boolean isOver(String path, int i, int to) {
        return i == to || path.charAt(i) == ';';
    }
}
