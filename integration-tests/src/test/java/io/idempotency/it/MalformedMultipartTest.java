package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.idempotency.Idempotent;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.MultipartFile;

/** F4: what the container cannot take apart is the application's to answer, whatever the container throws. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MalformedMultipartTest {

    private RunningApp app;

    @BeforeAll
    void start() {
        app = RunningApp.start(Uploads.class, RunningApp.WITHOUT_SECURITY);
    }

    @AfterAll
    void stop() {
        app.close();
    }

    static List<BodyKind> malformed() {
        String part = "--x\r\nContent-Disposition: form-data; name=\"a\"";
        return List.of(
                kind("NUL in a file name", part + "; filename=\"a\0b\"\r\n\r\n1\r\n--x--\r\n"),
                kind("nested without a boundary", part + "\r\nContent-Type: multipart/mixed\r\n\r\n1\r\n--x--\r\n"));
    }

    private static BodyKind kind(String name, String body) {
        return BodyKind.of(name, "multipart/form-data; boundary=x", BodyKind.utf8(body));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void applicationAnswersAsWithoutTheLibraryAndNothingIsExecuted(BodyKind kind) {
        assertThat(send(kind, "/plain", RunningApp.newKey())).isEqualTo("400 not a form that can be taken apart");
        assertThat(send(kind, "/guarded", RunningApp.newKey())).isEqualTo("400 not a form that can be taken apart");
    }

    /** Tomcat answers a body that breaks off by itself, after which nothing can be sent any more. */
    @Test
    void duplicateOfABodyThatBreaksOffIsAnsweredAsWithoutTheLibrary() throws IOException {
        String key = RunningApp.newKey();

        assertThat(statusOfBrokenOff("/plain", key)).isEqualTo(400);
        assertThat(statusOfBrokenOff("/guarded", key)).isEqualTo(400);
        assertThat(statusOfBrokenOff("/guarded", key)).isEqualTo(400);
    }

    private int statusOfBrokenOff(String path, String key) throws IOException {
        try (Socket socket = RawRequest.connect(app)) {
            RawRequest.post(path)
                    .key(key)
                    .header("Content-Type", "multipart/form-data; boundary=x")
                    .header("Content-Length", "1000")
                    .header("Connection", "close")
                    .writeHead(socket);
            socket.getOutputStream()
                    .write(BodyKind.utf8("--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x"));
            socket.shutdownOutput();
            return RawAnswer.parse(RawRequest.readAll(socket)).status();
        }
    }

    @Test
    void wellFormedBodyReachesTheHandler() {
        assertThat(send(BodyKind.multipart("well-formed", "b"), "/guarded", RunningApp.newKey()))
                .startsWith("200 ");
    }

    private String send(BodyKind kind, String path, String key) {
        RawAnswer answer = kind.request("POST", path).key(key).send(app);
        return answer.status() + " " + answer.body();
    }

    @EnableAutoConfiguration
    @Import({Handlers.class, Advice.class})
    static class Uploads {}

    @RestController
    static class Handlers {

        @PostMapping("/plain")
        Map<String, Integer> plain(@RequestParam MultiValueMap<String, MultipartFile> files) {
            return Map.of("files", files.size());
        }

        @Idempotent
        @PostMapping("/guarded")
        Map<String, Integer> guarded(@RequestParam MultiValueMap<String, MultipartFile> files) {
            return Map.of("files", files.size());
        }
    }

    @RestControllerAdvice
    static class Advice {

        @ExceptionHandler
        @ResponseStatus(HttpStatus.BAD_REQUEST)
        String malformed(MultipartException e) {
            return "not a form that can be taken apart";
        }
    }
}
