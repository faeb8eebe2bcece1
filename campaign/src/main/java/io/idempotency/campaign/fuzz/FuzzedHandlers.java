package io.idempotency.campaign.fuzz;

import static org.springframework.web.bind.annotation.RequestMethod.DELETE;
import static org.springframework.web.bind.annotation.RequestMethod.PATCH;
import static org.springframework.web.bind.annotation.RequestMethod.POST;
import static org.springframework.web.bind.annotation.RequestMethod.PUT;

import io.idempotency.Idempotent;
import io.idempotency.core.ExecutionMode;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** What the service does: guarded handlers that take what they get in all the ways there are, and one that is not guarded. */
@RestController
class FuzzedHandlers {

    private final HandlerRuns executions;

    FuzzedHandlers(HandlerRuns executions) {
        this.executions = executions;
    }

    @Idempotent
    @RequestMapping(
            path = "/json",
            method = {POST, PUT, PATCH, DELETE})
    String json(@RequestBody Map<String, Object> body, HttpServletRequest request) {
        return executions.execute(request);
    }

    @Idempotent
    @RequestMapping(
            path = "/form",
            method = {POST, PUT, PATCH, DELETE})
    String form(@RequestParam MultiValueMap<String, String> form, HttpServletRequest request) {
        return executions.execute(request);
    }

    @Idempotent
    @RequestMapping(
            path = "/multipart",
            method = {POST, PUT, PATCH, DELETE})
    String multipart(
            @RequestParam MultiValueMap<String, MultipartFile> files,
            @RequestParam(required = false) @Nullable String amount,
            HttpServletRequest request) {
        return executions.execute(request);
    }

    @Idempotent
    @RequestMapping(
            path = "/bytes",
            method = {POST, PUT, PATCH, DELETE})
    String bytes(@RequestBody(required = false) byte @Nullable [] body, HttpServletRequest request) {
        return executions.execute(request);
    }

    @Idempotent
    @RequestMapping(
            path = "/stream",
            method = {POST, PUT, PATCH, DELETE})
    String stream(HttpServletRequest request) throws IOException {
        return executions.execute(request) + request.getInputStream().readAllBytes().length;
    }

    @Idempotent(required = false)
    @RequestMapping(
            path = "/optional",
            method = {POST, PUT, PATCH, DELETE})
    String optional(@RequestBody(required = false) byte @Nullable [] body, HttpServletRequest request) {
        return executions.executeOptional(request);
    }

    @Idempotent(mode = ExecutionMode.LEASED)
    @RequestMapping(
            path = "/leased",
            method = {POST, PUT, PATCH, DELETE})
    String leased(@RequestBody(required = false) byte @Nullable [] body, HttpServletRequest request) {
        return executions.execute(request);
    }

    @RequestMapping("/open")
    String open(@RequestBody(required = false) byte @Nullable [] body) {
        return "open";
    }
}
