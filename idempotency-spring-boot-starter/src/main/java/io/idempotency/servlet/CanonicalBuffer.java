package io.idempotency.servlet;

import io.idempotency.core.Sha256;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Folds the values of a JSON document into one digest, from the leaves up.
 *
 * <p>The bytes are a stack. Each value is pushed as its kind, its content and an end that no content can hold; a
 * container's content is that of its values, in the order of their names if they have any. A value that gets large is
 * replaced by its digest when it ends, and a large array hands on what it holds even before, so that little more is held
 * than the names and the small values of the objects that are open. Nothing recurses, and a byte is moved only while it
 * lies in a small container, so that time stays within n log n whatever the document looks like.
 */
final class CanonicalBuffer {

    /** Values of more bytes are replaced by their digest: fewer are cheaper to move than to digest on their own. */
    private static final int LARGE = 256;

    /** How many bytes an array keeps back. */
    private static final int HANDED_ON = 4096;

    /** Ends names, texts and numbers; like the other end it is no byte of UTF-8 (RFC 3629, section 3). */
    private static final byte END_OF_TEXT = (byte) 0xFF;

    private static final byte END_OF_CONTAINER = (byte) 0xFE;

    private final MessageDigest sha256 = Sha256.newDigest();
    private final Utf8Encoder utf8 = new Utf8Encoder();
    private byte[] bytes = new byte[512];
    private int size;

    /** Of each open container: where it begins, and how many members there were before its own; -1 of an array. */
    private int[] containers = new int[16];

    private int depth;

    /** Where the innermost open container begins, if it is an array. */
    private int innermostArray = Integer.MAX_VALUE;

    /** Of each member of the open objects: where its name begins and ends. */
    private int[] names = new int[32];

    private int members;

    private final MemberOrder order = new MemberOrder();

    /** The open arrays that have handed something on, innermost first. */
    private final Deque<HandedOn> handedOn = new ArrayDeque<>(0);

    private record HandedOn(int depth, MessageDigest sha256) {}

    void openObject() {
        open('{', members);
        innermostArray = Integer.MAX_VALUE;
    }

    void openArray() {
        innermostArray = size;
        open('[', -1);
    }

    /** Begins a member of the innermost object; its value is pushed next. */
    void name(String name) throws NoOneMeaningException {
        names = withRoom(names, 2 * members + 2);
        names[2 * members] = size;
        ensureRoom(Utf8Encoder.BYTES_OF_A_CHAR * name.length() + 1);
        size = utf8.write(name, bytes, size);
        bytes[size++] = END_OF_TEXT;
        names[2 * members + 1] = size - 1;
        members++;
    }

    /** Takes the name of a member back whose value is not pushed; an element has none. */
    void dropName() {
        if (depth > 0 && firstMember() >= 0) {
            members--;
            size = names[2 * members];
        }
    }

    void keyword(char kind) {
        put((byte) kind);
        ended(size - 1);
    }

    void number(char[] source, int from, int length) {
        int start = size;
        ensureRoom(2 + length + CanonicalNumber.GROWTH);
        bytes[size++] = '0';
        size = CanonicalNumber.write(source, from, from + length, bytes, size);
        bytes[size++] = END_OF_TEXT;
        ended(start);
    }

    void text(char[] source, int from, int length) throws NoOneMeaningException {
        int start = size;
        put((byte) '"');
        if (length > LARGE) {
            // What is replaced at once need not be held before.
            sha256.update((byte) '"');
            utf8.digest(source, from, length, sha256);
            sha256.update(END_OF_TEXT);
            replace(start, sha256.digest());
        } else {
            characters(source, from, length);
        }
        ended(start);
    }

    void closeArray() {
        int start = start();
        put(END_OF_CONTAINER);
        HandedOn before = handedOn.peek();
        if (before != null && before.depth == depth) {
            handedOn.pop();
            before.sha256.update(bytes, start, size - start);
            replace(start, before.sha256.digest());
        }
        leave();
        ended(start);
    }

    /**
     * Ends the innermost container, which is an object.
     *
     * @throws NoOneMeaningException if a name stands there twice
     */
    void closeObject() throws NoOneMeaningException {
        int start = start();
        int first = firstMember();
        ensureRoom(MemberOrder.ROOM);
        order.sort(bytes, names, first, members);
        rearrange();
        members = first;
        leave();
        put(END_OF_CONTAINER);
        ended(start);
    }

    /** Returns the digest of the document, whose value was pushed. */
    byte[] digest() {
        sha256.update(bytes, 0, size);
        return sha256.digest();
    }

    private void open(char kind, int before) {
        depth++;
        containers = withRoom(containers, 2 * depth);
        containers[2 * depth - 2] = size;
        containers[2 * depth - 1] = before;
        put((byte) kind);
    }

    private void leave() {
        depth--;
        innermostArray = depth > 0 && firstMember() < 0 ? start() : Integer.MAX_VALUE;
    }

    private int start() {
        return containers[2 * depth - 2];
    }

    private int firstMember() {
        return containers[2 * depth - 1];
    }

    private void characters(char[] source, int from, int length) throws NoOneMeaningException {
        ensureRoom(Utf8Encoder.BYTES_OF_A_CHAR * length + 1);
        size = utf8.write(source, from, length, bytes, size);
        bytes[size++] = END_OF_TEXT;
    }

    /** Brings the members of the innermost object into their order, by way of the room above the stack. */
    private void rearrange() {
        int first = firstMember();
        int place = 0;
        while (first + place < members && order.memberAt(place) == first + place) {
            place++;
        }
        if (first + place == members) {
            return;
        }
        int from = names[2 * (first + place)];
        int length = size - from;
        ensureRoom(length);
        int above = size;
        for (; first + place < members; place++) {
            int member = order.memberAt(place);
            int next = member + 1 < members ? names[2 * member + 2] : size;
            System.arraycopy(bytes, names[2 * member], bytes, above, next - names[2 * member]);
            above += next - names[2 * member];
        }
        System.arraycopy(bytes, size, bytes, from, length);
    }

    /** Folds the value that ends, if it is large, and what the array holds to which it belongs. */
    private void ended(int start) {
        if (size - start > LARGE) {
            sha256.update(bytes, start, size - start);
            replace(start, sha256.digest());
        }
        if (size - innermostArray > HANDED_ON) {
            handOn();
        }
    }

    private void handOn() {
        HandedOn before = handedOn.peek();
        if (before == null || before.depth < depth) {
            before = new HandedOn(depth, Sha256.newDigest());
            handedOn.push(before);
        }
        before.sha256.update(bytes, start(), size - start());
        size = start();
    }

    private void replace(int start, byte[] digest) {
        size = start;
        put((byte) 'H');
        ensureRoom(digest.length);
        System.arraycopy(digest, 0, bytes, size, digest.length);
        size += digest.length;
    }

    private void put(byte one) {
        ensureRoom(1);
        bytes[size++] = one;
    }

    private void ensureRoom(int room) {
        int needed = Math.addExact(size, room);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, Math.multiplyExact(bytes.length, 2)));
        }
    }

    private static int[] withRoom(int[] numbers, int needed) {
        return needed <= numbers.length ? numbers : Arrays.copyOf(numbers, Math.multiplyExact(numbers.length, 2));
    }
}
