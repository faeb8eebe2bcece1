package io.idempotency.servlet;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * Digests a JSON body by its meaning.
 *
 * <p>White space, the order of members, the escapes of strings, the spelling of numbers and a byte order mark do not
 * matter; everything else does. Characters are compared as they are, without Unicode normalization. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259, The JavaScript Object Notation (JSON) Data
 *     Interchange Format</a>
 */
final class JsonCanonicalizer {

    /**
     * Knows no limits, as a body that one attempt spells beyond a limit and the next does not would be a reused key;
     * the body's size is bounded before it comes here. Property names are not kept in the parser's table: clients could
     * choose them to collide, and its guard against that is a limit as well. It is given characters: given bytes, it would
     * guess UTF-16 and UTF-32 (which RFC 8259, section 8.1, no longer allows) and accept overlong forms and encoded surrogates.
     */
    static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(-1)
                    .maxTokenCount(-1)
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .build();

    private JsonCanonicalizer() {}

    /**
     * Returns the 32 bytes that stand for the body's meaning.
     *
     * @param body the body as it was sent
     * @param ignored what does not count; it is not looked into, but must be valid JSON too
     * @return nothing if the body has no meaning to compare: it is empty, no single valid JSON text, no valid UTF-8, or
     *     it holds a name twice in one object or a lone surrogate
     */
    static Optional<byte[]> digest(byte[] body, IgnoredMembers ignored) {
        try (JsonParser parser =
                JSON.createParser(ObjectReadContext.empty(), new Utf8Characters(body, startOf(body)))) {
            return Optional.of(new JsonWalk(parser, ignored).digest());
        } catch (JacksonException | NoOneMeaningException notComparable) {
            return Optional.empty();
        }
    }

    /** RFC 8259, section 8.1, lets a byte order mark be ignored. */
    private static int startOf(byte[] body) {
        boolean marked = body.length >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF;
        return marked ? 3 : 0;
    }
}
