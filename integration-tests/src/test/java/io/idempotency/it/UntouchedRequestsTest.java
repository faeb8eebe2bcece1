package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.idempotency.it.WireApp.ConnectionCounter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** K1: whatever is not annotated passes as if the library were not there. */
@Timeout(120)
class UntouchedRequestsTest {

    private static final List<String> ASYNCHRONOUS = UnguardedHandlers.ASYNCHRONOUS;

    private final RunningApp app = WireApp.get();

    @Test
    void endpointWithoutAnnotationTakesNoConnectionWithAndWithoutTheHeader() {
        long before = connections();
        RawAnswer without = RawRequest.post("/unguarded/map").json("{}").send(app);
        RawAnswer with = RawRequest.post("/unguarded/map")
                .key(RunningApp.newKey())
                .json("{}")
                .send(app);
        RawAnswer invalid =
                RawRequest.post("/unguarded/map").key("not, a key").json("{}").send(app);

        assertThat(connections()).isEqualTo(before);
        assertThat(without.status()).isEqualTo(200);
        assertThat(with.comparable()).isEqualTo(without.comparable());
        assertThat(invalid.comparable()).isEqualTo(without.comparable());
    }

    @Test
    void requestForNoHandlerTakesNoConnection() {
        long before = connections();

        assertThat(RawRequest.post("/nowhere").key("k").json("{}").send(app).status())
                .isEqualTo(404);
        assertThat(RawRequest.of("PATCH", "/mapping/class")
                        .key("k")
                        .json("{}")
                        .send(app)
                        .status())
                .isEqualTo(405);
        assertThat(connections()).isEqualTo(before);
    }

    @Test
    void bodyOverTheLimitReachesAnEndpointWithoutAnnotation() {
        byte[] body = "a".repeat(WireApp.MAX_REQUEST_BODY * 2).getBytes(StandardCharsets.US_ASCII);
        RawAnswer answer = RawRequest.post("/plain/echo/string")
                .key(RunningApp.newKey())
                .header("Content-Type", "text/plain")
                .chunked(body)
                .send(app);

        assertThat(answer.body()).hasSize(body.length);
    }

    @Test
    void endpointWithoutAnnotationExecutesOneKeyAsOftenAsItIsSent() {
        String key = RunningApp.newKey();
        for (int i = 0; i < 2; i++) {
            app.post("/plain/outcome/entity/200", key, "{}");
        }

        assertThat(app.bean(Journal.class).effects(key)).isEqualTo(2);
    }

    @ParameterizedTest
    @FieldSource("ASYNCHRONOUS")
    void asynchronousEndpointWithoutAnnotationAnswersAsEver(String kind) {
        long before = connections();
        RawAnswer without = RawRequest.post("/unguarded/" + kind).json("{}").send(app);
        RawAnswer with = RawRequest.post("/unguarded/" + kind)
                .key(RunningApp.newKey())
                .json("{}")
                .send(app);

        assertThat(without.status()).isEqualTo(200);
        assertThat(without.body()).contains("later");
        assertThat(with.comparable()).isEqualTo(without.comparable());
        assertThat(connections()).isEqualTo(before);
    }

    private long connections() {
        return app.bean(ConnectionCounter.class).taken();
    }
}
