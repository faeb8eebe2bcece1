package io.idempotency.servlet;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamContext;

/** One pass over the tokens of one document. */
final class JsonWalk {

    private final JsonParser parser;
    private final CanonicalBuffer buffer = new CanonicalBuffer();

    /** What is ignored within the document and within each open container, innermost first. */
    private final Deque<IgnoredMembers> ignored = new ArrayDeque<>();

    /** Refuses lone surrogates, for which UTF-8 has no bytes (RFC 8259, section 8.2). */
    private final CharsetEncoder utf8 = StandardCharsets.UTF_8.newEncoder();

    JsonWalk(JsonParser parser, IgnoredMembers ignored) {
        this.parser = parser;
        this.ignored.push(ignored);
    }

    Optional<byte[]> digest() throws CharacterCodingException {
        int roots = 0;
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (token.isStructEnd()) {
                if (!close(token)) {
                    return Optional.empty();
                }
            } else if (token != JsonToken.PROPERTY_NAME) {
                TokenStreamContext holder = holder(token);
                roots += holder.inRoot() ? 1 : 0;
                value(token, holder);
            }
        }
        return roots == 1 ? Optional.of(buffer.digest()) : Optional.empty();
    }

    /** When a container begins, the parser has already entered it. */
    private TokenStreamContext holder(JsonToken token) {
        TokenStreamContext context = parser.streamReadContext();
        return token.isStructStart() ? context.getParent() : context;
    }

    private void value(JsonToken token, TokenStreamContext holder) throws CharacterCodingException {
        IgnoredMembers here = ignoredWithin(holder);
        if (here.whole()) {
            parser.skipChildren();
            return;
        }
        if (holder.inObject()) {
            buffer.member(encoded(holder.currentName()));
        }
        if (token.isStructStart()) {
            ignored.push(here);
            buffer.open();
        } else if (token.isNumeric()) {
            buffer.scalar('0', encoded(CanonicalNumber.of(parser.getString())));
        } else {
            buffer.scalar(token == JsonToken.VALUE_STRING ? '"' : 'k', encoded(parser.getString()));
        }
    }

    private IgnoredMembers ignoredWithin(TokenStreamContext holder) {
        if (holder.inRoot()) {
            return ignored.getFirst();
        }
        return holder.inObject()
                ? ignored.getFirst().member(holder.currentName())
                : ignored.getFirst().element(holder.getCurrentIndex());
    }

    private boolean close(JsonToken token) {
        ignored.pop();
        if (token == JsonToken.END_OBJECT) {
            return buffer.closeObject();
        }
        buffer.closeArray();
        return true;
    }

    private ByteBuffer encoded(String text) throws CharacterCodingException {
        return utf8.encode(CharBuffer.wrap(text));
    }
}
