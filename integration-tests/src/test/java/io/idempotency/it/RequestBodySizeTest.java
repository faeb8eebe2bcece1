package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** F5: a body over the limit is refused before any claim, by the bytes that are there. */
@Timeout(120)
class RequestBodySizeTest {

    private static final int LIMIT = WireApp.MAX_REQUEST_BODY;

    private final RunningApp app = WireApp.get();

    static Stream<BodyKind> sized() {
        return Stream.of(LIMIT, LIMIT + 1)
                .flatMap(size -> Stream.of(
                        BodyKind.of("text of " + size, "text/plain", filled("", size)),
                        BodyKind.of("form of " + size, BodyKind.FORM, filled("a=", size)),
                        multipart(size)));
    }

    static List<BodyKind> atTheLimit() {
        return sized().filter(kind -> kind.bytes().length == LIMIT).toList();
    }

    static List<BodyKind> overTheLimit() {
        return sized().filter(kind -> kind.bytes().length > LIMIT).toList();
    }

    @ParameterizedTest
    @MethodSource("atTheLimit")
    void bodyAtTheLimitIsAccepted(BodyKind kind) {
        assertThat(send(kind, RunningApp.newKey()).status()).isEqualTo(200);
        assertThat(send(kind.inChunks(), RunningApp.newKey()).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @MethodSource("overTheLimit")
    void bodyWithADeclaredLengthOverTheLimitIsRefusedBeforeAnyClaim(BodyKind kind) {
        long records = app.recordCount();
        String key = RunningApp.newKey();
        RawAnswer answer = send(kind, key);

        assertThat(answer.isProblem(413, "body-too-large")).as(answer.body()).isTrue();
        assertThat(app.recordCount()).isEqualTo(records);
        assertThat(send(BodyKind.of("small", "text/plain", new byte[1]), key).status())
                .isEqualTo(200);
    }

    static Stream<BodyKind> overTheLimitInChunks() {
        byte[] part = BodyKind.utf8(BodyKind.part("x", "name=\"a\"", null, "a".repeat(LIMIT + 1)) + "--x--\r\n");
        return Stream.of(
                BodyKind.of("text", "text/plain", filled("", LIMIT + 1)).inChunks(),
                BodyKind.of("json", "application/json", filled("[", LIMIT * 3)).inChunks(),
                BodyKind.of("form", BodyKind.FORM, filled("a=", LIMIT + 1)).inChunks(),
                BodyKind.of("multipart", "multipart/form-data; boundary=x", part)
                        .inChunks());
    }

    @ParameterizedTest
    @MethodSource("overTheLimitInChunks")
    void bodyWithoutALengthIsCountedByItsBytes(BodyKind kind) {
        long records = app.recordCount();
        RawAnswer answer = send(kind, RunningApp.newKey());

        assertThat(answer.isProblem(413, "body-too-large")).as(answer.body()).isTrue();
        assertThat(app.recordCount()).isEqualTo(records);
    }

    @Test
    void formThatAnEarlierFilterReadIsCountedByItsParameters() {
        RawAnswer answer = RawRequest.post("/fingerprint/default")
                .key(RunningApp.newKey())
                .header(WireApp.PARAMETER_READ_BEFORE, "yes")
                .header("Content-Type", BodyKind.FORM)
                .chunked(filled("a=", LIMIT * 3))
                .send(app);

        assertThat(answer.isProblem(413, "body-too-large")).as(answer.body()).isTrue();
    }

    private RawAnswer send(BodyKind kind, String key) {
        return kind.request("POST", "/fingerprint/default").key(key).send(app);
    }

    private static byte[] filled(String start, int size) {
        return BodyKind.utf8(start + "a".repeat(size - start.length()));
    }

    private static BodyKind multipart(int size) {
        int frame = (BodyKind.part("x", "name=\"a\"", null, "") + "--x--\r\n").length();
        String body = BodyKind.part("x", "name=\"a\"", null, "a".repeat(size - frame)) + "--x--\r\n";
        return BodyKind.of("multipart of " + size, "multipart/form-data; boundary=x", BodyKind.utf8(body));
    }
}
