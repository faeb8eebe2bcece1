package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** F4: every body reaches every kind of handler exactly as it does without the library. */
@Timeout(240)
class BodyReachesHandlerTest {

    private final RunningApp app = WireApp.get();

    static List<BodyKind> kinds() {
        return BodyKind.all();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void handlerSeesAPostAsWithoutTheLibrary(BodyKind kind) {
        assertThat(differences(kind, "POST", "", false)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void handlerSeesThePostWithAQueryAsWithoutTheLibrary(BodyKind kind) {
        assertThat(differences(kind, "POST", "?q=gr%C3%BC%C3%9Fe+x&a=query", false))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void handlerSeesAPutAsWithoutTheLibrary(BodyKind kind) {
        assertThat(differences(kind, "PUT", "?a=query", false)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void handlerSeesAPatchAsWithoutTheLibrary(BodyKind kind) {
        assertThat(differences(kind, "PATCH", "", false)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void handlerSeesADeleteAsWithoutTheLibrary(BodyKind kind) {
        assertThat(differences(kind, "DELETE", "", false)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void handlerBehindAFilterThatReadParametersSeesAPostAsWithoutTheLibrary(BodyKind kind) {
        assertThat(differences(kind, "POST", "?a=query", true)).isEmpty();
    }

    @Test
    void clientThatExpectsToBeAskedForItsBodyIsAskedAndAnswered() throws Exception {
        try (Socket socket = RawRequest.connect(app)) {
            byte[] body = BodyKind.utf8("{\"a\":1}");
            RawRequest.post("/guarded/echo/string")
                    .key(RunningApp.newKey())
                    .header("Content-Type", "application/json")
                    .header("Content-Length", Integer.toString(body.length))
                    .header("Expect", "100-continue")
                    .header("Connection", "close")
                    .writeHead(socket);

            assertThat(RawRequest.readHead(socket)).startsWith("HTTP/1.1 100");
            socket.getOutputStream().write(body);
            assertThat(RawAnswer.parse(RawRequest.readAll(socket)).body()).isEqualTo("{\"a\":1}");
        }
    }

    @Test
    void clientThatExpectsToBeAskedIsAnsweredWithoutSendingABodyThatTheHeadRefuses() throws Exception {
        assertThat(statusWithoutBody(null, 7)).isEqualTo(400);
        assertThat(statusWithoutBody("not a key", 7)).isEqualTo(400);
        assertThat(statusWithoutBody(RunningApp.newKey(), WireApp.MAX_REQUEST_BODY + 1))
                .isEqualTo(413);
    }

    private int statusWithoutBody(@Nullable String key, int length) throws Exception {
        try (Socket socket = RawRequest.connect(app)) {
            RawRequest.post("/guarded/echo/string")
                    .header(RunningApp.KEY, key)
                    .header("Content-Type", "application/json")
                    .header("Content-Length", Integer.toString(length))
                    .header("Expect", "100-continue")
                    .writeHead(socket);
            String head = RawRequest.readHead(socket);
            // Tomcat's default is to invite the body before any filter runs.
            return RawAnswer.parse(head.startsWith("HTTP/1.1 100") ? RawRequest.readHead(socket) : head)
                    .status();
        }
    }

    static List<BodyKind> malformedForms() {
        return BodyKind.malformedForms();
    }

    @ParameterizedTest
    @MethodSource("malformedForms")
    void malformedFormOfAnotherMethodIsSeenAsWithoutTheLibrary(BodyKind kind) {
        assertThat(differences(kind, "PUT", "", false)).isEmpty();
        assertThat(differences(kind, "PATCH", "?a=query", false)).isEmpty();
    }

    /** Deliberate: where Tomcat 10 goes on without the parameters that it cannot decode, the request is refused. */
    @ParameterizedTest
    @MethodSource("malformedForms")
    void malformedFormThatIsPostedIsSeenAsWithoutTheLibraryOrRefused(BodyKind kind) {
        for (String handler : EchoHandlers.ALL) {
            String plain = ask(kind, "POST", "/plain/echo/" + handler, false);
            String guarded = ask(kind, "POST", "/guarded/echo/" + handler, false);
            if (!guarded.startsWith("400 ")) {
                assertThat(guarded).as(handler).isEqualTo(plain);
            }
        }
    }

    private List<String> differences(BodyKind kind, String method, String query, boolean readBefore) {
        List<String> differences = new ArrayList<>();
        for (String handler : EchoHandlers.ALL) {
            String plain = ask(kind, method, "/plain/echo/" + handler + query, readBefore);
            String guarded = ask(kind, method, "/guarded/echo/" + handler + query, readBefore);
            if (!guarded.equals(plain)) {
                differences.add(handler + "\n   plain: " + plain + "\n guarded: " + guarded);
            }
        }
        return differences;
    }

    private String ask(BodyKind kind, String method, String target, boolean readBefore) {
        return kind.request(method, target)
                .key(RunningApp.newKey())
                .header(WireApp.PARAMETER_READ_BEFORE, readBefore ? "yes" : null)
                .send(app)
                .comparable();
    }
}
