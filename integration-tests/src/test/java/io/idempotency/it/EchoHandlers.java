package io.idempotency.it;

import io.idempotency.Idempotent;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/** Handlers that answer with what they see of a request, each in a way of its own. */
abstract class EchoHandlers {

    /** The last segments of their paths. */
    static final List<String> ALL = List.of(
            "string",
            "optional-string",
            "bytes",
            "map",
            "multi-value-map",
            "entity",
            "request-params",
            "all-request-params",
            "model-attribute",
            "request-parts",
            "multipart-request",
            "reader",
            "stream",
            "stream-by-chunks",
            "parameters",
            "parameters-then-stream",
            "stream-then-parameters",
            "reader-then-parameters",
            "both-stream-and-reader",
            "servlet-parts",
            "facts");

    @RequestMapping("/string")
    String string(@RequestBody String body) {
        return body;
    }

    @RequestMapping("/optional-string")
    String optionalString(@RequestBody(required = false) @Nullable String body) {
        return "body=" + body;
    }

    @RequestMapping("/bytes")
    String bytes(@RequestBody byte[] body) {
        return HexFormat.of().formatHex(body);
    }

    @RequestMapping("/map")
    String map(@RequestBody Map<String, Object> body) {
        return body.toString();
    }

    @RequestMapping("/multi-value-map")
    String multiValueMap(@RequestBody MultiValueMap<String, String> body) {
        return body.toString();
    }

    @RequestMapping("/entity")
    String entity(HttpEntity<byte[]> entity) {
        return entity.getHeaders().getContentType() + " " + entity.getHeaders().getContentLength() + " "
                + (entity.getBody() == null ? null : HexFormat.of().formatHex(entity.getBody()));
    }

    @RequestMapping("/request-params")
    String requestParams(
            @RequestParam(required = false) @Nullable List<String> a,
            @RequestParam(required = false) @Nullable String b,
            @RequestParam(required = false) @Nullable String q) {
        return a + " " + b + " " + q;
    }

    @RequestMapping("/all-request-params")
    String allRequestParams(@RequestParam MultiValueMap<String, String> parameters) {
        return parameters.toString();
    }

    @RequestMapping("/model-attribute")
    String modelAttribute(@ModelAttribute Form form) {
        return form.toString();
    }

    @RequestMapping("/request-parts")
    String requestParts(
            @RequestPart("meta") Map<String, Object> meta,
            @RequestPart("file") List<MultipartFile> files,
            @RequestParam(required = false) @Nullable List<String> a)
            throws IOException {
        StringBuilder seen = new StringBuilder(meta + " " + a);
        for (MultipartFile file : files) {
            seen.append(' ').append(file.getName()).append(' ').append(file.getOriginalFilename());
            seen.append(' ')
                    .append(file.getContentType())
                    .append(' ')
                    .append(HexFormat.of().formatHex(file.getBytes()));
        }
        return seen.toString();
    }

    @RequestMapping("/multipart-request")
    String multipartRequest(MultipartHttpServletRequest request) {
        return request.getMultiFileMap().keySet() + " " + rendered(request.getParameterMap());
    }

    @RequestMapping("/reader")
    String reader(HttpServletRequest request) throws IOException {
        return readFully(request.getReader());
    }

    @RequestMapping("/stream")
    String stream(HttpServletRequest request) throws IOException {
        return HexFormat.of().formatHex(request.getInputStream().readAllBytes());
    }

    @RequestMapping("/stream-by-chunks")
    String streamByChunks(HttpServletRequest request) throws IOException {
        byte[] chunk = new byte[7];
        StringBuilder seen = new StringBuilder();
        for (int read = request.getInputStream().read(chunk);
                read >= 0;
                read = request.getInputStream().read(chunk)) {
            seen.append(HexFormat.of().formatHex(chunk, 0, read));
        }
        return seen.append(request.getInputStream().isFinished()).toString();
    }

    @RequestMapping("/parameters")
    String parameters(HttpServletRequest request) {
        List<String> names = new ArrayList<>();
        request.getParameterNames().asIterator().forEachRemaining(names::add);
        return names
                + rendered(request.getParameterMap())
                + request.getParameter("a")
                + Arrays.toString(request.getParameterValues("a"));
    }

    @RequestMapping("/parameters-then-stream")
    String parametersThenStream(HttpServletRequest request) throws IOException {
        return rendered(request.getParameterMap()) + stream(request);
    }

    @RequestMapping("/stream-then-parameters")
    String streamThenParameters(HttpServletRequest request) throws IOException {
        return stream(request) + rendered(request.getParameterMap());
    }

    @RequestMapping("/reader-then-parameters")
    String readerThenParameters(HttpServletRequest request) throws IOException {
        return readFully(request.getReader()) + rendered(request.getParameterMap());
    }

    @RequestMapping("/both-stream-and-reader")
    String bothStreamAndReader(HttpServletRequest request) throws IOException {
        request.getInputStream();
        try {
            request.getReader();
            return "both";
        } catch (IllegalStateException e) {
            return "one of them";
        }
    }

    @RequestMapping("/servlet-parts")
    String servletParts(HttpServletRequest request) throws IOException, ServletException {
        StringBuilder seen = new StringBuilder();
        for (Part part : request.getParts()) {
            String content = new String(part.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            seen.append(part.getName())
                    .append(' ')
                    .append(part.getSubmittedFileName())
                    .append(' ');
            seen.append(part.getContentType())
                    .append(' ')
                    .append(part.getSize())
                    .append(' ')
                    .append(content)
                    .append('\n');
        }
        return seen + rendered(request.getParameterMap());
    }

    @RequestMapping("/facts")
    String facts(HttpServletRequest request) {
        return request.getMethod() + " " + request.getContentType() + " " + request.getContentLength() + " "
                + request.getContentLengthLong() + " " + request.getCharacterEncoding() + " "
                + request.getHeader("Content-Length") + " " + request.getHeader("Transfer-Encoding") + " "
                + request.getQueryString() + " " + request.getDispatcherType();
    }

    private static String readFully(BufferedReader reader) {
        return reader.lines().collect(Collectors.joining("\\n"));
    }

    private static String rendered(Map<String, String[]> parameters) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        parameters.forEach((name, values) -> lists.put(name, List.of(values)));
        return lists.toString();
    }

    record Form(
            @Nullable List<String> a,
            @Nullable String b,
            @Nullable String q) {}

    @WireController
    @RequestMapping(
            path = "/plain/echo",
            method = {RequestMethod.POST, RequestMethod.PUT, RequestMethod.PATCH, RequestMethod.DELETE})
    static final class Plain extends EchoHandlers {}

    @WireController
    @Idempotent
    @RequestMapping(
            path = "/guarded/echo",
            method = {RequestMethod.POST, RequestMethod.PUT, RequestMethod.PATCH, RequestMethod.DELETE})
    static final class Guarded extends EchoHandlers {}
}
