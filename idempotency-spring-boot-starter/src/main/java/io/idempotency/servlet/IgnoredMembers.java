package io.idempotency.servlet;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The parts of a JSON document that do not count when two requests are compared.
 *
 * <p>Named by JSON pointers, each of which names an object's member or an array's element by its position. What is
 * named leaves no trace: absent, present with any value, or present twice are the same. The other elements of an array
 * keep the positions that they have in the document, so that ignoring {@code /items/0} still tells {@code [1,2,3]} from
 * {@code [1,3,2]}. Immutable and thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6901">RFC 6901, JavaScript Object Notation (JSON) Pointer</a>
 */
final class IgnoredMembers {

    /** Nothing is ignored. */
    static final IgnoredMembers NONE = new IgnoredMembers(Map.of());

    private static final IgnoredMembers WHOLE = new IgnoredMembers(Map.of());

    private final Map<String, IgnoredMembers> children;

    private IgnoredMembers(Map<String, IgnoredMembers> children) {
        this.children = children;
    }

    /**
     * Compiles JSON pointers.
     *
     * @throws IllegalArgumentException if a pointer is malformed, or is the empty one, which names the whole document
     */
    static IgnoredMembers of(String... pointers) {
        return compile(Stream.of(pointers).map(IgnoredMembers::tokens).toList());
    }

    /** Returns whether the value at this place is ignored as a whole. */
    boolean whole() {
        return this == WHOLE;
    }

    /** Returns whether neither this place nor any within it is ignored. */
    boolean nothing() {
        return children.isEmpty() && !whole();
    }

    /** Returns what is ignored within the member of this name. */
    IgnoredMembers member(String name) {
        return children.getOrDefault(name, NONE);
    }

    /** Returns what is ignored within the element at this position, counted from 0. */
    IgnoredMembers element(int position) {
        return member(Integer.toString(position));
    }

    private static IgnoredMembers compile(List<List<String>> paths) {
        if (paths.stream().anyMatch(List::isEmpty)) {
            return WHOLE;
        }
        return new IgnoredMembers(Map.copyOf(paths.stream()
                .collect(groupingBy(
                        path -> path.get(0),
                        mapping(
                                path -> path.subList(1, path.size()),
                                collectingAndThen(toList(), IgnoredMembers::compile))))));
    }

    private static List<String> tokens(String pointer) {
        if (!pointer.startsWith("/")) {
            throw new IllegalArgumentException("Write the ignored member as a JSON pointer that begins with a slash, as"
                    + " in /clientTimestamp, instead of \"" + pointer + "\".");
        }
        if (pointer.matches("(?s).*~(?![01]).*")) {
            throw new IllegalArgumentException(
                    "Write ~ as ~0 and / as ~1 within the names of the JSON pointer \"" + pointer + "\".");
        }
        return Arrays.stream(pointer.substring(1).split("/", -1))
                .map(IgnoredMembers::unescaped)
                .toList();
    }

    /** RFC 6901, section 4: in this order, since {@code ~01} spells {@code ~1} and not a slash. */
    private static String unescaped(String token) {
        return token.replace("~1", "/").replace("~0", "~");
    }
}
