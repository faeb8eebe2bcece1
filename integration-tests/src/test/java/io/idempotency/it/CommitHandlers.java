package io.idempotency.it;

import io.idempotency.Idempotent;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;

/** Handlers that do all that makes a container send an answer, before it is known what becomes of their effect. */
@WireController
@RequestMapping("/commit")
class CommitHandlers {

    /** The ways in which a container sends what it has (Servlet 6.1, section 5.6). */
    static final List<String> WAYS = List.of(
            "flushBuffer",
            "writer-flush",
            "stream-flush",
            "full-buffer",
            "writer-close",
            "stream-close",
            "length-reached",
            "sendError",
            "sendRedirect",
            "early-hints",
            "forward",
            "include",
            "return");

    private final Journal journal;

    CommitHandlers(Journal journal) {
        this.journal = journal;
    }

    @Idempotent
    @PostMapping("/throws/{way}")
    void thenThrows(
            @PathVariable String way,
            @RequestHeader(RunningApp.KEY) String key,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException, ServletException {
        journal.run(key);
        finish(way, request, response);
        throw new IllegalStateException("after everything was written");
    }

    @Idempotent
    @PostMapping("/refused/{way}")
    void thenIsRefused(
            @PathVariable String way,
            @RequestHeader(RunningApp.KEY) String key,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException, ServletException {
        journal.runIntoRefusedCommit(key);
        finish(way, request, response);
    }

    @Idempotent
    @PostMapping("/sized/{size}")
    String sized(@PathVariable int size, @RequestHeader(RunningApp.KEY) String key) {
        journal.run(key);
        return "a".repeat(size);
    }

    @Idempotent
    @PostMapping("/changed-after-flush")
    void changedAfterFlush(HttpServletResponse response) throws IOException {
        response.flushBuffer();
        response.setStatus(202);
        response.setHeader("X-Custom", "after the flush");
    }

    @Idempotent
    @PostMapping("/gated/{size}")
    String gated(@PathVariable int size, @RequestHeader(RunningApp.KEY) String key) {
        journal.open("started " + key);
        journal.await("continue " + key);
        return sized(size, key);
    }

    private static void finish(String way, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        response.setHeader("X-Custom", "from the handler");
        response.setHeader("Location", "/things/7");
        switch (way) {
            case "flushBuffer" -> response.flushBuffer();
            case "writer-flush" -> {
                response.getWriter().write("a");
                response.getWriter().flush();
            }
            case "stream-flush" -> {
                response.getOutputStream().write('a');
                response.getOutputStream().flush();
            }
            case "full-buffer" -> response.getOutputStream().write(new byte[25_000]);
            case "writer-close" -> response.getWriter().close();
            case "stream-close" -> response.getOutputStream().close();
            case "length-reached" -> {
                response.setContentLength(1);
                response.getOutputStream().write('a');
            }
            case "sendError" -> response.sendError(404);
            case "sendRedirect" -> response.sendRedirect("/elsewhere");
            case "early-hints" -> response.sendError(103);
            case "forward" ->
                request.getRequestDispatcher("/plain/answers/writer-type-before")
                        .forward(request, response);
            case "include" -> {
                request.getRequestDispatcher("/plain/answers/flushed").include(request, response);
                response.flushBuffer();
            }
            default -> response.setContentType("text/plain");
        }
    }
}
