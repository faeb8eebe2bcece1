package io.idempotency.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells at once that a request cannot belong to a guarded endpoint, so that other requests are not looked up twice.
 *
 * <p>A tree of the guarded patterns, a node for what stands between two slashes. It errs on one side only: what may match is looked
 * up. To be filled by one thread and then left alone; asking allocates nothing.
 */
final class GuardedPaths {

    private static final String EVERY_METHOD = "*";

    /** In their order, so that one is found by halving. */
    private final List<String> literals = new ArrayList<>();

    private final List<GuardedPaths> afterLiterals = new ArrayList<>();
    private @Nullable GuardedPaths afterVariable;
    private final Set<String> methodsHere = new HashSet<>();
    private final Set<String> methodsBelow = new HashSet<>();

    /**
     * Adds a guarded mapping.
     *
     * @param pattern a path pattern, matched with regard to case
     * @param methods the names of its HTTP methods; none stands for every method
     */
    void add(String pattern, Collection<String> methods) {
        GuardedPaths node = this;
        for (String segment : pattern.split("/", -1)) {
            if (mayTakeSeveral(segment)) {
                addMethods(node.methodsBelow, methods);
                return;
            }
            if (!segment.isEmpty()) {
                node = node.after(segment);
            }
        }
        addMethods(node.methodsHere, methods);
    }

    private static void addMethods(Set<String> known, Collection<String> methods) {
        known.addAll(methods.isEmpty() ? Set.of(EVERY_METHOD) : methods);
    }

    /** Braces that do not close hold an expression with a slash in it. */
    private static boolean mayTakeSeveral(String segment) {
        return segment.contains("**")
                || segment.contains("{*")
                || count(segment, '{') != count(segment, '}')
                || segment.endsWith("\\");
    }

    private static long count(String segment, char brace) {
        return segment.chars().filter(c -> c == brace).count();
    }

    private GuardedPaths after(String segment) {
        if (segment.chars().anyMatch(c -> "{}*?[]\\".indexOf(c) >= 0)) {
            if (afterVariable == null) {
                afterVariable = new GuardedPaths();
            }
            return afterVariable;
        }
        int known = Collections.binarySearch(literals, segment);
        if (known >= 0) {
            return afterLiterals.get(known);
        }
        GuardedPaths added = new GuardedPaths();
        literals.add(-known - 1, segment);
        afterLiterals.add(-known - 1, added);
        return added;
    }

    /** Asks about the path that Spring would match: behind the context's, and behind a servlet's own if that is mapped to a prefix. */
    boolean mayMatch(HttpServletRequest request) {
        String path = request.getRequestURI();
        String context = request.getContextPath();
        String servlet =
                request.getHttpServletMapping().getMappingMatch() == MappingMatch.PATH ? request.getServletPath() : "";
        // Decoded by some containers; then the two spellings differ, and Spring knows what to do.
        return !path.startsWith(context)
                || !path.startsWith(servlet, context.length())
                || mayMatch(request.getMethod(), path, context.length() + servlet.length());
    }

    /**
     * Asks about the rest of one path.
     *
     * @param method the request's method
     * @param path the raw path of the request
     * @param from where the rest begins: at a slash or at the end
     * @return false only if no pattern can match
     */
    boolean mayMatch(String method, String path, int from) {
        if (contains(methodsBelow, method)) {
            return true;
        }
        if (from == path.length()) {
            return contains(methodsHere, method);
        }
        int slash = path.indexOf('/', from + 1);
        int to = slash < 0 ? path.length() : slash;
        if (path.charAt(from) != '/' || !PathSegment.isReadable(path, from + 1, to)) {
            return contains(methodsHere, method) || afterVariable != null || !literals.isEmpty();
        }
        return (afterVariable != null && afterVariable.mayMatch(method, path, to))
                || literalMayMatch(method, path, from + 1, to);
    }

    private boolean literalMayMatch(String method, String path, int from, int to) {
        int low = 0;
        int high = literals.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            int difference = PathSegment.compare(literals.get(middle), path, from, to);
            if (difference == 0) {
                return afterLiterals.get(middle).mayMatch(method, path, to);
            }
            low = difference < 0 ? middle + 1 : low;
            high = difference < 0 ? high : middle;
        }
        return false;
    }

    private static boolean contains(Set<String> methods, String method) {
        return methods.contains(method) || methods.contains(EVERY_METHOD);
    }
}
