package io.idempotency.campaign.fuzz;

import java.util.List;
import java.util.function.BiConsumer;

/** What strangers do to a request: by mistake, by an old client or proxy, or on purpose. */
enum HttpMutation {
    KEY_TWICE((draft, choice) -> draft.add(HttpDraft.KEY + ": " + choice.from(List.of("other", draft.key(), "")))),
    KEY_ABSENT((draft, choice) -> draft.field(HttpDraft.KEY, line -> null)),
    KEY_ODD((draft, choice) -> draft.key(OddParts.KEYS.mutate(draft.key(), "\"" + draft.key() + "\";a=1", choice))),
    KEY_HUGE((draft, choice) -> draft.key(draft.key() + "x".repeat(200 + choice.length(12_000)))),
    KEY_FOLDED((draft, choice) -> draft.key(choice.from(List.of("\r\n ", "a\r\n b", "\n\t")) + draft.key())),
    KEY_NOT_ASCII((draft, choice) -> draft.key(draft.key() + choice.from(OddParts.NOT_ASCII))),
    KEY_QUOTED((draft, choice) -> draft.key("\"" + draft.key() + "\"" + choice.from(OddParts.PARAMETERS))),
    KEY_IN_WHITE_SPACE((draft, choice) -> draft.key(" \t " + draft.key() + "\t ")),
    KEY_NAME_IN_CAPITALS((draft, choice) -> draft.field(
            HttpDraft.KEY, line -> choice.from(List.of("IDEMPOTENCY-KEY:", "idempotency-key:")) + draft.key())),
    KEY_NAME_ODD((draft, choice) -> draft.field(
            HttpDraft.KEY,
            line -> choice.from(
                            List.of("Idempotency-Key :", "Idempotency_Key:", " Idempotency-Key:", "Idempotency-Key"))
                    + draft.key())),
    MANY_FIELDS(
            (draft, choice) -> OddParts.times(choice.length(150), i -> draft.add("X-" + i + ": " + choice.number()))),
    FIELD_HUGE((draft, choice) -> draft.add("X-Huge: " + "x".repeat(choice.length(20_000)))),
    FIELD_ODD((draft, choice) -> draft.add(choice.from(OddParts.FIELDS))),
    LENGTH_WRONG((draft, choice) ->
            draft.framing("Content-Length: " + (draft.body().length() + choice.below(20) - 10) + "\r\n")),
    LENGTH_ODD((draft, choice) -> draft.framing("Content-Length: " + choice.from(OddParts.LENGTHS) + "\r\n")),
    LENGTH_TWICE((draft, choice) -> draft.framing("Content-Length: "
            + draft.body().length() + "\r\nContent-Length: " + (draft.body().length() + choice.below(2)) + "\r\n")),
    LENGTH_ABSENT((draft, choice) -> draft.framing("")),
    LENGTH_AND_CHUNKS((draft, choice) -> {
        draft.chunked(body -> OddParts.chunks(body, "", choice));
        draft.framing("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n");
    }),
    CHUNKED((draft, choice) -> draft.chunked(body -> OddParts.chunks(body, "", choice) + "0\r\n\r\n")),
    CHUNK_EXTENSIONS(
            (draft, choice) -> draft.chunked(body -> OddParts.chunks(body, ";a=\"b\";c", choice) + "0;d\r\n\r\n")),
    CHUNK_SIZE_ODD(
            (draft, choice) -> draft.chunked(body -> choice.from(OddParts.SIZES) + "\r\n" + body + "\r\n0\r\n\r\n")),
    CHUNKS_WITHOUT_END((draft, choice) -> draft.chunked(body -> OddParts.chunks(body, "", choice))),
    TRAILERS((draft, choice) -> draft.chunked(
            body -> OddParts.chunks(body, "", choice) + "0\r\nIdempotency-Key: trailing\r\nX-Trailer: 1\r\n\r\n")),
    CODING_ODD((draft, choice) -> draft.framing("Transfer-Encoding: " + choice.from(OddParts.CODINGS) + "\r\n")),
    EXPECTS((draft, choice) -> draft.add("Expect: " + choice.from(List.of("100-continue", "100-Continue", "200-ok")))),
    GZIP((draft, choice) -> {
        draft.add("Content-Encoding: gzip");
        draft.body(body -> choice.oneIn(2) ? OddParts.zipped(body) : body);
    }),
    PATH_ODD((draft, choice) -> draft.target(path -> choice.from(OddParts.PATHS).replace("PATH", path))),
    PATH_ENCODED((draft, choice) -> draft.target(path -> OddParts.encoded(path, choice))),
    TARGET_ABSOLUTE((draft, choice) ->
            draft.target(path -> choice.from(List.of("http://localhost", "http://other:1", "ftp://x", "//x")) + path)),
    QUERY((draft, choice) -> draft.target(path -> path + "?" + choice.from(OddParts.QUERIES))),
    METHOD((draft, choice) -> draft.method(choice.from(OddParts.METHODS))),
    VERSION((draft, choice) ->
            draft.version(choice.from(List.of("HTTP/1.0", "HTTP/1.2", "HTTP/2.0", "HTTP/0.9", "", "x")))),
    HOST_ODD((draft, choice) ->
            draft.field("Host", line -> choice.oneIn(3) ? null : "Host: " + choice.from(OddParts.HOSTS))),
    TYPE_ODD((draft, choice) -> draft.field(
            "Content-Type", line -> choice.oneIn(6) ? null : "Content-Type: " + choice.from(OddParts.TYPES))),
    BODY_ODD((draft, choice) -> draft.body(body -> OddParts.BODIES.mutate(body, "{\"a\":[1e9,\"\\u00e9\"]}", choice))),
    PARTS_ODD((draft, choice) ->
            draft.body(body -> OddParts.MULTIPART.mutate(body, choice.from(OddParts.MULTIPARTS), choice))),
    BODY_EMPTY((draft, choice) -> draft.body(body -> "")),
    BODY_CUT((draft, choice) -> draft.body(body -> body.substring(0, choice.below(body.length() + 1)))),
    BODY_DEEP((draft, choice) -> draft.body(body -> "[".repeat(choice.length(60_000)))),
    BODY_LARGE((draft, choice) -> draft.body(body ->
            "{\"a\":\"" + "x".repeat(choice.oneIn(16) ? (1 << 20) + choice.below(4) : choice.length(60_000)) + "\"}")),
    PIPELINED((draft, choice) -> draft.after(
            new HttpDraft(choice.from(List.of(FuzzedEndpoint.values())), draft.key() + "-next", choice).wire())),
    PIPELINED_TWIN((draft, choice) -> draft.before(draft.wire())),
    EMPTY_LINES((draft, choice) -> draft.before("\r\n".repeat(choice.length(8)))),
    CONNECTION((draft, choice) ->
            draft.add("Connection: " + choice.from(List.of("close", "keep-alive", "upgrade", "Idempotency-Key"))));

    @SuppressWarnings("ImmutableEnumChecker") // none of them captures anything
    private final BiConsumer<HttpDraft, Choice> change;

    HttpMutation(BiConsumer<HttpDraft, Choice> change) {
        this.change = change;
    }

    void apply(HttpDraft draft, Choice choice) {
        change.accept(draft, choice);
    }
}
