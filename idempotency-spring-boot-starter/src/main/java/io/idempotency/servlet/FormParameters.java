package io.idempotency.servlet;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Parses a body of type {@code application/x-www-form-urlencoded}.
 *
 * <p>Escapes are decoded to bytes first and the bytes to characters second, as Tomcat does, so that characters of
 * several bytes may be escaped in part. Whatever Tomcat refuses or drops is refused here: a pair without a name
 * ({@code =x}), an escape that is cut off or no hexadecimal number, bytes that the charset does not know.
 *
 * @see <a href="https://url.spec.whatwg.org/#urlencoded-parsing">URL Standard, section 5.1</a>
 */
final class FormParameters {

    private FormParameters() {}

    /** Returns the decoded values of each name in the order of the body, or nothing if the body is malformed. */
    static Optional<Map<String, List<String>>> parse(byte[] body, Charset charset) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        CharsetDecoder characters = charset.newDecoder();
        try {
            for (int from = 0; from < body.length; ) {
                int to = indexOf('&', body, from, body.length);
                if (to > from) {
                    addPair(parameters, body, from, to, characters);
                }
                from = to + 1;
            }
        } catch (CharacterCodingException malformed) {
            return Optional.empty();
        }
        return Optional.of(parameters);
    }

    private static void addPair(
            Map<String, List<String>> parameters, byte[] body, int from, int to, CharsetDecoder characters)
            throws CharacterCodingException {
        int equals = indexOf('=', body, from, to);
        if (equals == from) {
            throw new CharacterCodingException();
        }
        String name = decode(body, from, equals, characters);
        String value = equals == to ? "" : decode(body, equals + 1, to, characters);
        parameters.computeIfAbsent(name, first -> new ArrayList<>(1)).add(value);
    }

    private static String decode(byte[] body, int from, int to, CharsetDecoder characters)
            throws CharacterCodingException {
        ByteBuffer decoded = ByteBuffer.allocate(to - from);
        for (int i = from; i < to; i++) {
            if (body[i] == '%') {
                decoded.put((byte) escaped(body, i, to));
                i += 2;
            } else {
                decoded.put(body[i] == '+' ? (byte) ' ' : body[i]);
            }
        }
        return characters.decode(decoded.flip()).toString();
    }

    private static int escaped(byte[] body, int percent, int to) throws CharacterCodingException {
        if (percent + 2 >= to) {
            throw new CharacterCodingException();
        }
        int high = Character.digit(body[percent + 1], 16);
        int low = Character.digit(body[percent + 2], 16);
        if (high < 0 || low < 0) {
            throw new CharacterCodingException();
        }
        return high * 16 + low;
    }

    /** Returns the first place of the character, or the end if it is not there. */
    private static int indexOf(char wanted, byte[] body, int from, int to) {
        int i = from;
        while (i < to && body[i] != wanted) {
            i++;
        }
        return i;
    }
}
