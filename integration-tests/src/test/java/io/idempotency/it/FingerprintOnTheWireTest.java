package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** F1, F2, F3: which two requests are one, asked for on the wire. */
@Timeout(120)
class FingerprintOnTheWireTest {

    private static final String JSON = "application/json";
    private static final String PATH = "/fingerprint/default";

    private final RunningApp app = WireApp.get();

    static Stream<Arguments> same() {
        return Stream.of(
                Arguments.of(JSON, "{\"a\":1,\"b\":[true,null]}", JSON, " {\n\"b\" : [ true,null ], \"a\" : 1.0e0 }"),
                Arguments.of(JSON, "{\"a\":\"ü/\"}", JSON + ";charset=UTF-8", "{\"a\":\"\\u00fc\\/\"}"),
                Arguments.of(JSON, "0", JSON, "-0.0"),
                Arguments.of(JSON, "{}", JSON, "\ufeff{}"),
                Arguments.of("application/vnd.x+json", "{\"a\":1}", "application/vnd.x+json; v=2", "{\"a\":1.00}"),
                Arguments.of(JSON, "{malformed", JSON, "{malformed"),
                Arguments.of(BodyKind.FORM, "a=1&b=2&a=3", BodyKind.FORM + ";charset=UTF-8", "b=2&a=%31&a=3"),
                Arguments.of(BodyKind.FORM, "a=x+y", BodyKind.FORM, "a=x%20y"),
                Arguments.of("text/plain", "a", "TEXT/PLAIN; charset=utf-8", "a"),
                Arguments.of(null, "", "", ""),
                Arguments.of(multipart("1"), parts("1", "c", "f"), multipart("2"), parts("2", "c", "f")));
    }

    @ParameterizedTest
    @MethodSource("same")
    void sameMeaningIsReplayed(@Nullable String type, String body, @Nullable String otherType, String otherBody) {
        String key = RunningApp.newKey();
        RawAnswer first = post(PATH, key, type, body);
        RawAnswer second = post(PATH, key, otherType, otherBody);

        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertThat(second.isReplay()).as(second.body()).isTrue();
    }

    static Stream<Arguments> different() {
        return Stream.of(
                Arguments.of(JSON, "{\"a\":1}", JSON, "{\"a\":\"1\"}"),
                Arguments.of(JSON, "{\"a\":9007199254740993}", JSON, "{\"a\":9007199254740992}"),
                Arguments.of(JSON, "[1,2]", JSON, "[2,1]"),
                Arguments.of(JSON, "{\"a\":null}", JSON, "{}"),
                Arguments.of(JSON, "{\"a\":1,\"a\":2}", JSON, "{\"a\":2}"),
                Arguments.of(JSON, "{\"a\":1}", "application/vnd.x+json", "{\"a\":1}"),
                Arguments.of(JSON, "", JSON, "null"),
                Arguments.of(BodyKind.FORM, "a=1&a=2", BodyKind.FORM, "a=2&a=1"),
                Arguments.of(BodyKind.FORM, "a=1", BodyKind.FORM, "a=1&b"),
                Arguments.of("text/plain", "a", "text/plain", "a "),
                Arguments.of(multipart("1"), parts("1", "c", "f"), multipart("1"), parts("1", "d", "f")),
                Arguments.of(multipart("1"), parts("1", "c", "f"), multipart("1"), parts("1", "c", "g")));
    }

    @ParameterizedTest
    @MethodSource("different")
    void otherMeaningIsRefusedAndChangesNothing(
            @Nullable String type, String body, @Nullable String otherType, String otherBody) {
        String key = RunningApp.newKey();
        post(PATH, key, type, body);

        assertThat(post(PATH, key, otherType, otherBody).isProblem(422, "key-reused"))
                .isTrue();
        assertThat(post(PATH, key, type, body).isReplay()).isTrue();
    }

    @Test
    void otherMethodPathOrQueryIsAnotherRequest() {
        String key = RunningApp.newKey();
        post(PATH + "/7?a=1&b=2", key, JSON, "{}");

        assertThat(post(PATH + "/7?a=1&b=2", key, JSON, "{}").isReplay()).isTrue();
        for (String other : new String[] {"/7", "/7?b=2&a=1", "/7?a=1&b=%32", "/8?a=1&b=2", "?a=1&b=2"}) {
            assertThat(post(PATH + other, key, JSON, "{}").status()).as(other).isEqualTo(422);
        }
        RawAnswer put =
                RawRequest.of("PUT", PATH + "/7?a=1&b=2").key(key).json("{}").send(app);
        assertThat(put.isProblem(422, "key-reused")).isTrue();
    }

    @Test
    void queryAndBodyOfAFormDoNotRunTogether() {
        String key = RunningApp.newKey();
        post(PATH + "?a=1", key, BodyKind.FORM, "b=2");

        assertThat(post(PATH, key, BodyKind.FORM, "a=1&b=2").status()).isEqualTo(422);
    }

    @Test
    void formIsTheSameWhetherAnEarlierFilterReadItOrNot() {
        String key = RunningApp.newKey();
        post(PATH + "?a=0", key, BodyKind.FORM, "b=2&a=1");
        RawAnswer second = RawRequest.post(PATH + "?a=0")
                .key(key)
                .header(WireApp.PARAMETER_READ_BEFORE, "yes")
                .header("Content-Type", BodyKind.FORM)
                .body(BodyKind.utf8("b=2&a=1"))
                .send(app);

        assertThat(second.isReplay()).as(second.body()).isTrue();
    }

    @Test
    void chunkedBodyIsTheSameAsOneWithALength() {
        String key = RunningApp.newKey();
        post(PATH, key, JSON, "{\"a\":1}");
        RawAnswer chunked = RawRequest.post(PATH)
                .key(key)
                .header("Content-Type", JSON)
                .chunked(BodyKind.utf8("{\"a\":1}"))
                .send(app);

        assertThat(chunked.isReplay()).isTrue();
    }

    @Test
    void ignoredMembersDoNotMatterAndAllOthersDo() {
        String key = RunningApp.newKey();
        String path = "/fingerprint/ignoring";
        post(path, key, JSON, "{\"clientTimestamp\":1,\"amount\":5,\"device\":{\"battery\":9,\"id\":1}}");

        assertThat(post(path, key, JSON, "{\"amount\":5,\"clientTimestamp\":[2],\"device\":{\"id\":1}}")
                        .isReplay())
                .isTrue();
        assertThat(post(path, key, JSON, "{\"amount\":5,\"device\":{\"id\":2}}").status())
                .isEqualTo(422);
        assertThat(post(path, key, JSON, "{\"amount\":5,\"device\":{\"id\":1},\"other\":1}")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void rawBodyIsComparedByteByByte() {
        String key = RunningApp.newKey();
        post("/fingerprint/raw", key, JSON, "{\"a\":1}");
        String form = RunningApp.newKey();
        post("/fingerprint/raw", form, BodyKind.FORM, "a=1&b=2");

        assertThat(post("/fingerprint/raw", key, JSON, "{\"a\":1}").isReplay()).isTrue();
        assertThat(post("/fingerprint/raw", key, JSON, "{\"a\": 1}").status()).isEqualTo(422);
        assertThat(post("/fingerprint/raw", form, BodyKind.FORM, "b=2&a=1").status())
                .isEqualTo(422);
    }

    @Test
    void namedHeadersTellRequestsApartAndOthersDoNot() {
        String key = RunningApp.newKey();

        assertThat(withHeaders(key, "X-Tenant", "a", "X-Other", "1").status()).isEqualTo(200);
        assertThat(withHeaders(key, "x-tenant", "a", "X-Other", "2").isReplay()).isTrue();
        assertThat(withHeaders(key, "X-Tenant", "b", "X-Other", "1").status()).isEqualTo(422);
        assertThat(withHeaders(key, "X-Tenant", "a", "X-Tenant", "a").status()).isEqualTo(422);
        assertThat(post("/fingerprint/headers", key, JSON, "{}").status()).isEqualTo(422);
    }

    private RawAnswer withHeaders(String key, String name, String value, String otherName, String otherValue) {
        return RawRequest.post("/fingerprint/headers")
                .key(key)
                .header(name, value)
                .header(otherName, otherValue)
                .json("{}")
                .send(app);
    }

    private RawAnswer post(String target, String key, @Nullable String type, String body) {
        return RawRequest.post(target)
                .key(key)
                .header("Content-Type", type)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .send(app);
    }

    private static String multipart(String boundary) {
        return "multipart/form-data; boundary=" + boundary;
    }

    private static String parts(String boundary, String content, String fileName) {
        return BodyKind.part(boundary, "name=\"a\"", null, "1")
                + BodyKind.part(boundary, "name=\"file\"; filename=\"" + fileName + "\"", "text/plain", content)
                + "--" + boundary + "--\r\n";
    }
}
