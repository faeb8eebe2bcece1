package io.idempotency.servlet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Sorts the members of an object by their names, in n log n comparisons whatever the names are.
 *
 * <p>Made for one document, whose objects share its memory. Equal names are found on the way, as any two neighbours in the
 * final order have been compared with each other.
 */
final class MemberOrder {

    /** How many bytes there must be behind the last name. */
    static final int ROOM = Long.BYTES;

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** How many members an object has at most whose order the next one of as many begins with, as it often has the same names. */
    private static final int REMEMBERED = 32;

    /** The last order of each number of members. */
    private final int[][] remembered = new int[REMEMBERED + 1][];

    private byte[] bytes = {};
    private int[] names = {};
    private int first;

    /** The members, counted from the object's first one, in the order so far. */
    private int[] order = {};

    /** The beginnings of their names, in the same order. */
    private long[] beginnings = {};

    private int[] mergedOrder = {};
    private long[] mergedBeginnings = {};

    /**
     * Sorts the members of an object.
     *
     * @param bytes where the names are
     * @param names from and to of each name, two numbers each
     * @param first the index of the object's first member
     * @param end the index behind its last
     * @throws NoOneMeaningException if a name stands there twice
     */
    void sort(byte[] bytes, int[] names, int first, int end) throws NoOneMeaningException {
        this.bytes = bytes;
        this.names = names;
        this.first = first;
        int count = end - first;
        begin(count);
        if (!isInOrder(count)) {
            mergeAll(count);
            remember(count);
        }
    }

    /** Returns the index of the member at a place of the order. */
    int memberAt(int place) {
        return first + order[place];
    }

    private void begin(int count) {
        if (count > order.length) {
            order = new int[Math.max(8, count)];
            beginnings = new long[order.length];
        }
        int[] likely = count <= REMEMBERED ? remembered[count] : null;
        for (int i = 0; i < count; i++) {
            int member = likely == null ? i : likely[i];
            order[i] = member;
            beginnings[i] = beginning(member);
        }
    }

    private boolean isInOrder(int count) throws NoOneMeaningException {
        for (int i = 1; i < count; i++) {
            if (isBefore(i, i - 1)) {
                return false;
            }
        }
        return true;
    }

    private void mergeAll(int count) throws NoOneMeaningException {
        if (count > mergedOrder.length) {
            mergedOrder = new int[order.length];
            mergedBeginnings = new long[order.length];
        }
        for (int run = 1; run < count; run *= 2) {
            for (int from = 0; from < count; from += 2 * run) {
                merge(from, Math.min(from + run, count), Math.min(from + 2 * run, count));
            }
            swap();
        }
    }

    private void remember(int count) {
        if (count <= REMEMBERED) {
            remembered[count] = Arrays.copyOf(order, count);
        }
    }

    private void merge(int from, int middle, int to) throws NoOneMeaningException {
        int left = from;
        int right = middle;
        for (int place = from; place < to; place++) {
            boolean fromRight = left == middle || (right < to && isBefore(right, left));
            int next = fromRight ? right++ : left++;
            mergedOrder[place] = order[next];
            mergedBeginnings[place] = beginnings[next];
        }
    }

    private void swap() {
        int[] members = order;
        order = mergedOrder;
        mergedOrder = members;
        long[] keys = beginnings;
        beginnings = mergedBeginnings;
        mergedBeginnings = keys;
    }

    private boolean isBefore(int place, int other) throws NoOneMeaningException {
        return beginnings[place] == beginnings[other]
                ? isNameBefore(order[place], order[other])
                : Long.compareUnsigned(beginnings[place], beginnings[other]) < 0;
    }

    private boolean isNameBefore(int one, int other) throws NoOneMeaningException {
        int difference = Arrays.compareUnsigned(bytes, from(one), to(one), bytes, from(other), to(other));
        NoOneMeaningException.unless(difference != 0);
        return difference < 0;
    }

    /** The first eight bytes of a name with the end that stands behind it, which decide nearly every comparison. */
    private long beginning(int member) {
        int behind = Math.max(0, Long.SIZE - Byte.SIZE * (to(member) + 1 - from(member)));
        return (long) EIGHT_BYTES.get(bytes, from(member)) >>> behind << behind;
    }

    private int from(int member) {
        return names[2 * (first + member)];
    }

    private int to(int member) {
        return names[2 * (first + member) + 1];
    }
}
