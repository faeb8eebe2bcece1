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

    /** Any number of so many digits fits a {@code long}, and leaves room for the length of a text to be added. */
    private static final int DIGITS_OF_A_LONG = 18;

    private CanonicalNumber() {}

    /**
     * Returns the canonical spelling.
     *
     * @param literal a number that the grammar of JSON allows
     */
    static String of(String literal) {
        boolean negative = literal.startsWith("-");
        int exponentAt = exponentAt(literal);
        int pointAt = literal.indexOf('.');
        int wholeEnd = pointAt < 0 ? exponentAt : pointAt;
        String digits = literal.substring(negative ? 1 : 0, wholeEnd)
                + (pointAt < 0 ? "" : literal.substring(pointAt + 1, exponentAt));
        int from = firstOtherThanZero(digits);
        if (from == digits.length()) {
            return "0";
        }
        int to = digits.length();
        while (digits.charAt(to - 1) == '0') {
            to--;
        }
        int fraction = pointAt < 0 ? 0 : exponentAt - pointAt - 1;
        String exponent = exponentAt == literal.length() ? "0" : literal.substring(exponentAt + 1);
        String power = sum(exponent, digits.length() - to - fraction);
        return (negative ? "-" : "") + digits.substring(from, to) + 'e' + power;
    }

    private static int exponentAt(String literal) {
        int at = Math.max(literal.indexOf('e'), literal.indexOf('E'));
        return at < 0 ? literal.length() : at;
    }

    private static int firstOtherThanZero(String digits) {
        int i = 0;
        while (i < digits.length() && digits.charAt(i) == '0') {
            i++;
        }
        return i;
    }

    /** Adds to an integer of any length, in time linear in that length. */
    private static String sum(String integer, int addend) {
        boolean negative = integer.startsWith("-");
        String unsigned = negative || integer.startsWith("+") ? integer.substring(1) : integer;
        String magnitude = unsigned.substring(firstOtherThanZero(unsigned));
        if (magnitude.length() <= DIGITS_OF_A_LONG) {
            long small = magnitude.isEmpty() ? 0 : Long.parseLong(magnitude);
            return Long.toString((negative ? -small : small) + addend);
        }
        String moved = sumOfLarge(magnitude, negative ? -(long) addend : addend);
        return negative ? "-" + moved : moved;
    }

    /** Adds to a positive integer that is larger than any addend, so that the sum is positive too. */
    private static String sumOfLarge(String magnitude, long addend) {
        char[] digits = ("0" + magnitude).toCharArray();
        long carry = addend;
        for (int i = digits.length - 1; carry != 0; i--) {
            long column = digits[i] - '0' + carry;
            digits[i] = (char) ('0' + Math.floorMod(column, 10));
            carry = Math.floorDiv(column, 10);
        }
        String sum = new String(digits);
        return sum.substring(firstOtherThanZero(sum));
    }
}
