package io.idempotency.servlet;

import io.idempotency.core.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Folds the values of a JSON document into one digest, from the leaves up.
 *
 * <p>The bytes are a stack. A scalar is pushed as its kind and its framed content. When a container ends, what it
 * pushed is hashed, popped and replaced by its kind and that hash; the members of an object are sorted first. Every
 * byte is therefore moved a constant number of times however deep it lies, and nothing recurses, so that time stays
 * within n log n and memory linear whatever the document looks like.
 */
final class CanonicalBuffer {

    private final MessageDigest sha256 = Sha256.newDigest();
    private byte[] bytes = new byte[512];
    private int size;

    /** A frame for each open container: where the outer frame, its own bytes and each of its members begin. */
    private int[] marks = new int[32];

    private int marked;
    private int frame;

    /** Begins an array or an object. */
    void open() {
        int outer = frame;
        frame = marked;
        mark(outer);
        mark(size);
    }

    /** Begins a member of the innermost object; its value is pushed next. */
    void member(ByteBuffer name) {
        mark(size);
        framed(name);
    }

    /** Pushes a value that its kind and content tell apart from every other. */
    void scalar(char kind, ByteBuffer content) {
        ensureRoom(1).put((byte) kind);
        size++;
        framed(content);
    }

    /** Ends the innermost container, which is an array. */
    void closeArray() {
        int start = marks[frame + 1];
        sha256.update(bytes, start, size - start);
        replaceContainer('[', start);
    }

    /** Ends the innermost container, which is an object, and returns whether each of its names stood there once. */
    boolean closeObject() {
        int firstMember = frame + 2;
        Integer[] members = new Integer[marked - firstMember];
        Arrays.setAll(members, i -> firstMember + i);
        Arrays.sort(members, this::compareNames);
        for (int i = 0; i < members.length; i++) {
            if (i > 0 && compareNames(members[i - 1], members[i]) == 0) {
                return false;
            }
            int from = marks[members[i]];
            int to = members[i] + 1 < marked ? marks[members[i] + 1] : size;
            sha256.update(bytes, from, to - from);
        }
        replaceContainer('{', marks[frame + 1]);
        return true;
    }

    /** Returns the digest of all that was pushed and not folded. */
    byte[] digest() {
        sha256.update(bytes, 0, size);
        return sha256.digest();
    }

    private int compareNames(int oneMark, int otherMark) {
        int one = marks[oneMark];
        int other = marks[otherMark];
        ByteBuffer view = ByteBuffer.wrap(bytes);
        int oneStart = one + Integer.BYTES;
        int otherStart = other + Integer.BYTES;
        return Arrays.compare(
                bytes, oneStart, oneStart + view.getInt(one), bytes, otherStart, otherStart + view.getInt(other));
    }

    private void replaceContainer(char kind, int start) {
        size = start;
        marked = frame;
        frame = marks[frame];
        ensureRoom(1 + Sha256.LENGTH).put((byte) kind).put(sha256.digest());
        size += 1 + Sha256.LENGTH;
    }

    private void framed(ByteBuffer content) {
        int length = content.remaining();
        ensureRoom(Math.addExact(Integer.BYTES, length)).putInt(length).put(content);
        size += Integer.BYTES + length;
    }

    private void mark(int value) {
        if (marked == marks.length) {
            marks = Arrays.copyOf(marks, Math.multiplyExact(marks.length, 2));
        }
        marks[marked++] = value;
    }

    /** Returns the room above the stack, which the caller fills and then counts. */
    private ByteBuffer ensureRoom(int room) {
        int needed = Math.addExact(size, room);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, Math.multiplyExact(bytes.length, 2)));
        }
        return ByteBuffer.wrap(bytes, size, room);
    }
}
