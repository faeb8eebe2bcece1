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

    private byte[] bytes = {};
    private int[] names = {};
    private int first;

    /** The members, counted from the object's first one, in the order so far. */
    private int[] order = {};

    private int[] merged = {};
    private long[] beginnings = {};

    /**
     * Sorts the members of an object.
     *
     * @param bytes where the names are
     * @param names from and to of each name, two numbers each
     * @param first the index of the object's first member
     * @param end the index behind its last
     * @return whether they stand there in another order than that of their names
     * @throws NoOneMeaningException if a name stands there twice
     */
    boolean sort(byte[] bytes, int[] names, int first, int end) throws NoOneMeaningException {
        this.bytes = bytes;
        this.names = names;
        this.first = first;
        int count = end - first;
        if (isInOrder(count)) {
            return false;
        }
        begin(count);
        for (int run = 1; run < count; run *= 2) {
            for (int from = 0; from < count; from += 2 * run) {
                merge(from, Math.min(from + run, count), Math.min(from + 2 * run, count));
            }
            int[] source = order;
            order = merged;
            merged = source;
        }
        return true;
    }

    /** Returns the index of the member at a place of the order. */
    int memberAt(int place) {
        return first + order[place];
    }

    private boolean isInOrder(int count) throws NoOneMeaningException {
        long before = count > 0 ? beginning(0) : 0;
        for (int i = 1; i < count; i++) {
            long beginning = beginning(i);
            if (isBefore(i, beginning, i - 1, before)) {
                return false;
            }
            before = beginning;
        }
        return true;
    }

    private void begin(int count) {
        if (count > order.length) {
            order = new int[Math.max(16, count)];
            merged = new int[order.length];
            beginnings = new long[order.length];
        }
        for (int i = 0; i < count; i++) {
            order[i] = i;
            beginnings[i] = beginning(i);
        }
    }

    private void merge(int from, int middle, int to) throws NoOneMeaningException {
        int left = from;
        int right = middle;
        int place = from;
        while (left < middle && right < to) {
            boolean fromRight = isBefore(order[right], order[left]);
            merged[place++] = fromRight ? order[right++] : order[left++];
        }
        System.arraycopy(order, left, merged, place, middle - left);
        System.arraycopy(order, right, merged, place + middle - left, to - right);
    }

    private boolean isBefore(int one, int other) throws NoOneMeaningException {
        return isBefore(one, beginnings[one], other, beginnings[other]);
    }

    private boolean isBefore(int one, long oneBeginning, int other, long otherBeginning) throws NoOneMeaningException {
        if (oneBeginning != otherBeginning) {
            return Long.compareUnsigned(oneBeginning, otherBeginning) < 0;
        }
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
