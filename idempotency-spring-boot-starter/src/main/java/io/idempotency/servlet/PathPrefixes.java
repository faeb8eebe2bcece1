package io.idempotency.servlet;

import java.util.Collection;
import java.util.List;

/**
 * Tells at once that a path cannot belong to a guarded endpoint, so that other requests are not looked up twice.
 *
 * <p>Errs on one side only: what may match is looked up. Thread-safe; allocates nothing.
 */
final class PathPrefixes {

    private final List<String> prefixes;

    /**
     * Takes the literal beginnings of the patterns.
     *
     * @param patterns path patterns, matched with regard to case
     */
    PathPrefixes(Collection<String> patterns) {
        this.prefixes =
                patterns.stream().map(PathPrefixes::literalBeginning).distinct().toList();
    }

    private static String literalBeginning(String pattern) {
        int end = 0;
        while (end < pattern.length() && "{*?[".indexOf(pattern.charAt(end)) < 0) {
            end++;
        }
        String literal = pattern.substring(0, end);
        // "/a/**" and "/a/{*rest}" match "/a" too.
        return literal.endsWith("/") ? literal.substring(0, literal.length() - 1) : literal;
    }

    /**
     * Asks about one path.
     *
     * @param path the raw path of a request
     * @param from where the path within the application begins
     * @return false only if no pattern can match
     */
    boolean mayMatch(String path, int from) {
        for (int i = 0; i < prefixes.size(); i++) {
            if (path.startsWith(prefixes.get(i), from)) {
                return true;
            }
        }
        return !isPlain(path);
    }

    /** Escapes, path parameters and empty segments are the path matcher's business. */
    private static boolean isPlain(String path) {
        return path.indexOf('%') < 0 && path.indexOf(';') < 0 && !path.contains("//");
    }
}
