package io.idempotency.servlet;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Where a walk through a document is, as far as something is ignored there. */
final class IgnoredPath {

    private final IgnoredMembers document;

    /** The open containers within which something is ignored: no more of them than a pointer has names. */
    private final Deque<Container> containers = new ArrayDeque<>(0);

    /** How many open containers there are within which nothing is; the outermost may be the document itself. */
    private int indifferent;

    IgnoredPath(IgnoredMembers document) {
        this.document = document;
        this.indifferent = document.nothing() ? 1 : 0;
    }

    /** Returns whether names count here. */
    boolean matters() {
        return indifferent == 0;
    }

    /** Moves to the member of this name. */
    void member(String name) {
        containers.element().name = name;
    }

    /** Returns what is ignored within the value that comes next. */
    IgnoredMembers value() {
        if (indifferent > 0) {
            return IgnoredMembers.NONE;
        }
        Container innermost = containers.peek();
        return innermost == null ? document : innermost.value();
    }

    /** Enters a container within which this is ignored. */
    void open(IgnoredMembers within) {
        if (within.nothing()) {
            indifferent++;
        } else {
            containers.push(new Container(within));
        }
    }

    /** Leaves the innermost container. */
    void close() {
        if (indifferent > 0) {
            indifferent--;
        } else {
            containers.pop();
        }
    }

    private static final class Container {

        final IgnoredMembers within;

        /** The name of the member that comes next, if this is an object. */
        @Nullable
        String name;

        /** The position of the element that comes next, if this is an array. */
        int position;

        Container(IgnoredMembers within) {
            this.within = within;
        }

        IgnoredMembers value() {
            return name == null ? within.element(position++) : within.member(name);
        }
    }
}
