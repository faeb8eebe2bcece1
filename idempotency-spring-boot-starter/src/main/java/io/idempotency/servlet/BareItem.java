package io.idempotency.servlet;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Moves past the value of a structured-field parameter.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9651#section-4.2.3.1">RFC 9651, section 4.2.3.1</a>
 */
final class BareItem {

    private BareItem() {}

    /** Returns whether a well-formed bare item stood at the scanner's position, and moves past it. */
    static boolean skip(FieldScanner field) {
        if (field.sees('"')) {
            return StructuredString.quotedString(field).isPresent();
        }
        if (field.take('?')) {
            return field.take('0') || field.take('1');
        }
        if (field.take(':')) {
            return byteSequence(field);
        }
        if (field.take('@')) {
            return number(field, false);
        }
        if (field.take('%')) {
            return displayString(field);
        }
        return token(field) || number(field, true);
    }

    /** Section 4.2.4: at most 15 digits, or at most 12 and up to three more after a point. */
    private static boolean number(FieldScanner field, boolean decimalsAllowed) {
        field.take('-');
        int whole = field.skip(BareItem::isDigit);
        if (whole == 0 || whole > 15) {
            return false;
        }
        if (!field.take('.')) {
            return true;
        }
        int fraction = field.skip(BareItem::isDigit);
        return decimalsAllowed && whole <= 12 && fraction >= 1 && fraction <= 3;
    }

    /** Section 4.2.6. */
    private static boolean token(FieldScanner field) {
        if (field.skip(c -> isLetter(c) || c == '*') == 0) {
            return false;
        }
        field.skip(c -> isLetter(c) || isDigit(c) || "!#$%&'*+-.^_`|~:/".indexOf(c) >= 0);
        return true;
    }

    /** Section 4.2.7: a parser should not insist on padding, and neither does the JDK's decoder. */
    private static boolean byteSequence(FieldScanner field) {
        StringBuilder base64 = new StringBuilder();
        while (!field.atEnd() && !field.sees(':')) {
            base64.append(field.next());
        }
        try {
            Base64.getDecoder().decode(base64.toString());
        } catch (IllegalArgumentException malformed) {
            return false;
        }
        return field.take(':');
    }

    /** Section 4.2.10: percent-encoded UTF-8 with lower-case digits between double quotes. */
    private static boolean displayString(FieldScanner field) {
        ByteArrayOutputStream utf8 = new ByteArrayOutputStream();
        if (!field.take('"')) {
            return false;
        }
        while (!field.atEnd()) {
            char c = field.next();
            if (c == '"') {
                return isUtf8(utf8.toByteArray());
            }
            int octet = c == '%' ? encodedOctet(field) : c;
            if (octet < 0 || c < 0x20 || c > 0x7E) {
                return false;
            }
            utf8.write(octet);
        }
        return false;
    }

    /** Returns the octet that the next two digits spell, or -1 if they are none. */
    private static int encodedOctet(FieldScanner field) {
        int high = lowerCaseHexDigit(field);
        int low = lowerCaseHexDigit(field);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    private static int lowerCaseHexDigit(FieldScanner field) {
        return field.atEnd() ? -1 : "0123456789abcdef".indexOf(field.next());
    }

    private static boolean isUtf8(byte[] octets) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }

    private static boolean isLetter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
