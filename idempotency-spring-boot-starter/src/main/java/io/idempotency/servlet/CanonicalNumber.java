package io.idempotency.servlet;

/**
 * Gives every JSON number the one spelling that all its spellings share.
 *
 * <p>A number is its significant digits, without zeros at either end, times a power of ten. Nothing is parsed into a
 * number type: a double would run different amounts together, and a {@code BigInteger} takes more than linear time to
 * parse, so that a body of one long number or one long exponent could stop a server.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259#section-6">RFC 8259, section 6</a>
 */
final class CanonicalNumber {

    /** How much longer than the literal the canonical spelling can get: by less than the power of ten takes. */
    static final int GROWTH = 24;

    /** Any number of so many digits fits a {@code long}, and leaves room for the length of a body to be added. */
    private static final int DIGITS_OF_A_LONG = 18;

    private CanonicalNumber() {}

    /**
     * Writes the canonical spelling of a number that the grammar of JSON allows.
     *
     * @param target has room for the length of the literal and {@link #GROWTH} from the start
     * @return the index behind what was written
     */
    static int write(char[] json, int from, int to, byte[] target, int start) {
        int digits = start;
        int at = from;
        if (json[at] == '-') {
            target[digits++] = (byte) json[at++];
        }
        at = pastZeros(json, at, to);
        int written = copyDigits(json, at, to, target, digits);
        at += written - digits;
        int power = 0;
        if (at < to && json[at] == '.') {
            int fraction = at + 1;
            at = written == digits ? pastZeros(json, fraction, to) : fraction;
            int whole = written;
            written = copyDigits(json, at, to, target, whole);
            at += written - whole;
            power = fraction - at;
        }
        if (written == digits) {
            target[start] = '0';
            return start + 1;
        }
        return writePower(json, at, to, power, target, written);
    }

    /** Takes zeros off the end of the digits and writes the power of ten, to which an exponent may add. */
    private static int writePower(char[] json, int exponent, int to, int powerOfDigits, byte[] target, int end) {
        int power = powerOfDigits;
        int written = end;
        for (; target[written - 1] == '0'; written--) {
            power++;
        }
        target[written++] = 'e';
        return exponent < to ? writeSum(json, exponent + 1, to, power, target, written) : write(power, target, written);
    }

    private static int pastZeros(char[] json, int from, int to) {
        int at = from;
        while (at < to && json[at] == '0') {
            at++;
        }
        return at;
    }

    private static int copyDigits(char[] json, int from, int to, byte[] target, int start) {
        int written = start;
        for (int at = from; at < to && json[at] >= '0' && json[at] <= '9'; at++) {
            target[written++] = (byte) json[at];
        }
        return written;
    }

    /** Adds to an integer of any length, in time linear in that length. */
    private static int writeSum(char[] json, int from, int to, int addend, byte[] target, int start) {
        boolean negative = json[from] == '-';
        int digits = pastZeros(json, negative || json[from] == '+' ? from + 1 : from, to);
        if (to - digits > DIGITS_OF_A_LONG) {
            return writeSumOfLarge(json, digits, to, negative, addend, target, start);
        }
        long small = 0;
        for (int i = digits; i < to; i++) {
            small = small * 10 + json[i] - '0';
        }
        return write((negative ? -small : small) + addend, target, start);
    }

    private static int write(long number, byte[] target, int start) {
        int last = start;
        if (number < 0) {
            target[last++] = '-';
        }
        long rest = Math.abs(number);
        for (long places = rest; places > 9; places /= 10) {
            last++;
        }
        for (int i = last; i == last || rest > 0; i--) {
            target[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return last + 1;
    }

    /** The integer is larger than any addend, so that its sign stays. */
    private static int writeSumOfLarge(
            char[] json, int from, int to, boolean negative, int addend, byte[] target, int start) {
        int first = start;
        if (negative) {
            target[first++] = '-';
        }
        // One place more than the integer has, for what is carried out of its highest.
        target[first] = '0';
        int end = copyDigits(json, from, to, target, first + 1);
        long carry = negative ? -(long) addend : addend;
        for (int i = end - 1; carry != 0; i--) {
            long column = target[i] - '0' + carry;
            target[i] = (byte) ('0' + Math.floorMod(column, 10));
            carry = Math.floorDiv(column, 10);
        }
        int zeros = 0;
        while (target[first + zeros] == '0') {
            zeros++;
        }
        System.arraycopy(target, first + zeros, target, first, end - first - zeros);
        return end - zeros;
    }
}
