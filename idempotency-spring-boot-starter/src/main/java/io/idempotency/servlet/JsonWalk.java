package io.idempotency.servlet;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** One pass over the tokens of one document. */
final class JsonWalk {

    private final JsonParser parser;
    private final CanonicalBuffer buffer = new CanonicalBuffer();
    private final IgnoredPath ignored;
    private int depth;
    private int roots;

    JsonWalk(JsonParser parser, IgnoredMembers ignored) {
        this.parser = parser;
        this.ignored = new IgnoredPath(ignored);
    }

    byte[] digest() throws NoOneMeaningException {
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            switch (token) {
                case PROPERTY_NAME -> name();
                case END_OBJECT -> {
                    close();
                    buffer.closeObject();
                }
                case END_ARRAY -> {
                    close();
                    buffer.closeArray();
                }
                default -> value(token);
            }
        }
        NoOneMeaningException.unless(roots == 1);
        return buffer.digest();
    }

    private void close() {
        depth--;
        ignored.close();
    }

    private void name() throws NoOneMeaningException {
        String name = parser.currentName();
        buffer.name(name);
        if (ignored.matters()) {
            ignored.member(name);
        }
    }

    private void value(JsonToken token) throws NoOneMeaningException {
        roots += depth == 0 ? 1 : 0;
        IgnoredMembers here = ignored.value();
        if (here.whole()) {
            parser.skipChildren();
            buffer.dropName();
        } else {
            push(token, here);
        }
    }

    private void push(JsonToken token, IgnoredMembers here) throws NoOneMeaningException {
        switch (token) {
            case START_OBJECT -> {
                open(here);
                buffer.openObject();
            }
            case START_ARRAY -> {
                open(here);
                buffer.openArray();
            }
            case VALUE_STRING ->
                buffer.text(parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                buffer.number(parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength());
            case VALUE_TRUE -> buffer.keyword('t');
            case VALUE_FALSE -> buffer.keyword('f');
            default -> buffer.keyword('n');
        }
    }

    private void open(IgnoredMembers here) {
        depth++;
        ignored.open(here);
    }
}
