package io.idempotency.it;

import io.idempotency.Idempotent;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;

/** Handlers that answer in all the ways that there are, none of them with a server error. */
abstract class AnswerHandlers {

    @PostMapping("/json")
    Map<String, Object> json() {
        return Map.of("grüße", "日本");
    }

    @PostMapping(path = "/text", produces = "text/plain;charset=ISO-8859-1")
    String text() {
        return "größe";
    }

    @PostMapping("/nothing")
    void nothing() {}

    @PostMapping("/no-content")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void noContent() {}

    @PostMapping("/null")
    ResponseEntity<String> nothingAsEntity() {
        return ResponseEntity.accepted().build();
    }

    @PostMapping("/created")
    ResponseEntity<Map<String, String>> created() {
        return ResponseEntity.created(URI.create("/things/7"))
                .eTag("\"v1\"")
                .lastModified(Instant.ofEpochSecond(1_700_000_000))
                .header(HttpHeaders.LINK, "</a>; rel=\"a\"", "</b>; rel=\"b\"")
                .header(HttpHeaders.CONTENT_LOCATION, "/things/7")
                .header(HttpHeaders.CONTENT_LANGUAGE, "de")
                .body(Map.of("id", "7"));
    }

    @PostMapping("/download")
    ResponseEntity<Resource> download() {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("größe.bin", StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(new ByteArrayResource(new byte[] {0, -1, 13, 10, 127}));
    }

    @PostMapping("/redirect-view")
    ModelAndView redirectView() {
        return new ModelAndView("redirect:/elsewhere");
    }

    @PostMapping("/send-redirect")
    void sendRedirect(HttpServletResponse response) throws IOException {
        response.setHeader("X-Custom", "kept by a redirect");
        response.sendRedirect("elsewhere?a=b");
    }

    @PostMapping("/see-other")
    ResponseEntity<Void> seeOther() {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create("/things/8"))
                .build();
    }

    @PostMapping("/cookies")
    String cookies(HttpServletRequest request, HttpServletResponse response) {
        response.addCookie(new Cookie("one", "1"));
        response.addCookie(new Cookie("two", "2"));
        return "cookies";
    }

    @PostMapping("/custom-headers")
    String customHeaders(HttpServletResponse response) {
        response.addHeader("X-Custom", "a");
        response.addHeader("X-Custom", "b");
        response.setIntHeader("X-Number", 7);
        response.setDateHeader("Expires", 0);
        response.setHeader("Cache-Control", "private, max-age=60");
        response.addHeader("Vary", "Accept");
        response.addHeader("WWW-Authenticate", "Basic");
        return "custom";
    }

    @PostMapping("/writer-type-before")
    void writerTypeBefore(HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().write("größe");
    }

    @PostMapping("/writer-type-after")
    void writerTypeAfter(HttpServletResponse response) throws IOException {
        PrintWriter writer = response.getWriter();
        response.setContentType("text/html;charset=UTF-8");
        response.setCharacterEncoding("UTF-16");
        writer.write("größe");
    }

    @PostMapping("/writer-no-type")
    void writerNoType(HttpServletResponse response) throws IOException {
        response.getWriter().write("größe");
    }

    @PostMapping("/writer-encoding")
    void writerEncoding(HttpServletResponse response) throws IOException {
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Content-Type", "text/csv");
        response.getWriter().write("größe");
    }

    @PostMapping("/writer-locale")
    void writerLocale(HttpServletResponse response) throws IOException {
        response.setLocale(Locale.JAPAN);
        response.setContentType("text/plain");
        response.getWriter().write("ok " + response.getCharacterEncoding());
    }

    @PostMapping("/writer-json")
    void writerJson(HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        response.getWriter().write("{\"a\":\"ü\"}");
    }

    @PostMapping("/stream-and-length")
    void streamAndLength(HttpServletResponse response) throws IOException {
        byte[] body = "größe".getBytes(StandardCharsets.UTF_8);
        response.setContentType("application/octet-stream");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    @PostMapping("/print")
    void print(HttpServletResponse response) throws IOException {
        response.getOutputStream().println(true);
        response.getOutputStream().print("text");
        response.getOutputStream().flush();
    }

    @PostMapping("/reset")
    void reset(HttpServletResponse response) throws IOException {
        response.setStatus(400);
        response.setHeader("X-Custom", "taken back");
        response.getWriter().write("taken back");
        response.reset();
        response.setContentType("text/plain");
        response.getOutputStream().write('a');
    }

    @PostMapping("/reset-buffer")
    void resetBuffer(HttpServletResponse response) throws IOException {
        response.setHeader("X-Custom", "stays");
        response.getOutputStream().write('a');
        response.resetBuffer();
        response.getOutputStream().write('b');
    }

    @PostMapping("/closed-stream")
    void closedStream(HttpServletResponse response) throws IOException {
        response.getOutputStream().write('a');
        response.getOutputStream().close();
        response.getOutputStream().write('b');
    }

    @PostMapping("/flushed")
    void flushed(HttpServletResponse response) throws IOException {
        response.setHeader("X-Custom", "before");
        response.getWriter().write("a");
        response.flushBuffer();
        response.getWriter().write("b");
    }

    @PostMapping("/full-buffer")
    void fullBuffer(HttpServletResponse response) throws IOException {
        byte[] part = new byte[1000];
        for (int i = 0; i < 20; i++) {
            response.getOutputStream().write(part);
        }
    }

    @PostMapping("/send-error")
    void sendError(HttpServletResponse response) throws IOException {
        response.setHeader("X-Custom", "kept by an error");
        response.sendError(418, "short and stout");
    }

    @PostMapping("/send-error-without-message")
    void sendErrorWithoutMessage(HttpServletResponse response) throws IOException {
        response.getOutputStream().print("not shown");
        response.sendError(404);
    }

    @PostMapping("/status-exception")
    void statusException() {
        throw new ResponseStatusException(HttpStatus.CONFLICT, "taken");
    }

    @PostMapping("/handled-exception")
    void handledException() {
        throw new UnsupportedOperationException("handled");
    }

    @PostMapping("/bad-argument")
    String badArgument(@RequestParam(defaultValue = "x") int number) {
        return "never " + number;
    }

    @PostMapping("/forward")
    void forward(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
        request.getRequestDispatcher("/plain/answers/writer-type-before").forward(request, response);
        response.getWriter().write("too late");
    }

    @PostMapping("/include")
    void include(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().write("around ");
        request.getRequestDispatcher("/plain/answers/writer-type-before").include(request, response);
        response.getWriter().write(" it");
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> handle(UnsupportedOperationException e) {
        return ResponseEntity.unprocessableEntity()
                .header("X-Custom", "from the exception handler")
                .body(ProblemDetail.forStatusAndDetail(HttpStatus.PAYMENT_REQUIRED, e.getMessage()));
    }

    @WireController
    @RequestMapping("/plain/answers")
    static final class Plain extends AnswerHandlers {}

    @WireController
    @Idempotent
    @RequestMapping("/guarded/answers")
    static final class Guarded extends AnswerHandlers {}
}
