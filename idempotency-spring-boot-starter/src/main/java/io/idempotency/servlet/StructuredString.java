package io.idempotency.servlet;

import java.util.Optional;

/**
 * Parses a structured-field item whose value is a string.
 *
 * <p>The parameters after the string mean nothing here, but a field whose parameters are malformed is malformed as a
 * whole (RFC 9651, section 4.2), so they are parsed before they are dropped.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9651#section-4.2.3">RFC 9651, section 4.2.3</a>
 */
final class StructuredString {

    private StructuredString() {}

    /** Returns the string without quotes and escapes, or nothing if the field is not one string item. */
    static Optional<String> parse(String field) {
        FieldScanner scanner = new FieldScanner(field);
        Optional<String> string = quotedString(scanner);
        return string.isPresent() && parameters(scanner) && scanner.atEnd() ? string : Optional.empty();
    }

    /** RFC 9651, section 4.2.5: only the double quote and the backslash can be escaped. */
    static Optional<String> quotedString(FieldScanner scanner) {
        StringBuilder text = new StringBuilder();
        if (!scanner.take('"')) {
            return Optional.empty();
        }
        while (!scanner.atEnd()) {
            char c = scanner.next();
            if (c == '"') {
                return Optional.of(text.toString());
            }
            if (c == '\\') {
                if (!scanner.sees('"') && !scanner.sees('\\')) {
                    return Optional.empty();
                }
                c = scanner.next();
            }
            if (c < 0x20 || c > 0x7E) {
                return Optional.empty();
            }
            text.append(c);
        }
        return Optional.empty();
    }

    /** RFC 9651, section 4.2.3.2. */
    private static boolean parameters(FieldScanner scanner) {
        while (scanner.take(';')) {
            scanner.skip(c -> c == ' ');
            if (!parameterKey(scanner)) {
                return false;
            }
            if (scanner.take('=') && !BareItem.skip(scanner)) {
                return false;
            }
        }
        return true;
    }

    /** RFC 9651, section 4.2.3.3. */
    private static boolean parameterKey(FieldScanner scanner) {
        if (scanner.skip(c -> isLowerCase(c) || c == '*') == 0) {
            return false;
        }
        scanner.skip(c -> isLowerCase(c) || (c >= '0' && c <= '9') || "_-.*".indexOf(c) >= 0);
        return true;
    }

    private static boolean isLowerCase(int c) {
        return c >= 'a' && c <= 'z';
    }
}
