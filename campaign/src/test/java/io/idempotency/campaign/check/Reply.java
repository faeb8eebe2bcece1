package io.idempotency.campaign.check;

import io.idempotency.campaign.history.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Answers as the campaign's application and the library give them. */
final class Reply {

    private static final JsonMapper JSON = new JsonMapper();

    private Reply() {}

    static Answer done(String execution, String principal, String request) {
        return new Answer(
                201,
                Map.of(
                        "content-type", List.of("application/json"),
                        "location", List.of("/payments/" + execution),
                        "etag", List.of("\"" + execution + "\""),
                        "date", List.of("today")),
                content(execution, principal, request, ""));
    }

    static Answer declined(String execution, String principal, String request) {
        return new Answer(
                402,
                Map.of("content-type", List.of("application/json")),
                content(execution, principal, request, "declined"));
    }

    static Answer released(String execution, String principal, String request) {
        return new Answer(
                500,
                Map.of("content-type", List.of("application/json")),
                content(execution, principal, request, "again"));
    }

    private static String content(String execution, String principal, String request, String flag) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("execution", execution);
        members.put("principal", principal);
        members.put("request", request);
        if (!flag.isEmpty()) {
            members.put(flag, true);
        }
        return JSON.writeValueAsString(members);
    }

    static Answer replay(Answer first) {
        return with(with(with(first, "idempotent-replayed", "true"), "cache-control", "no-store"), "date", "tomorrow");
    }

    static Answer problem(int status, String code) {
        Answer problem = new Answer(
                status,
                Map.of("content-type", List.of("application/problem+json"), "cache-control", List.of("no-store")),
                "{\"title\":\"Sorry\",\"status\":" + status + ",\"code\":\"" + code + "\"}");
        return status == 503 || code.equals("request-in-progress") ? with(problem, "retry-after", "1") : problem;
    }

    static Answer inProgress() {
        return problem(409, "request-in-progress");
    }

    static Answer keyReused() {
        return problem(422, "key-reused");
    }

    static Answer with(Answer answer, String header, String... values) {
        Map<String, List<String>> headers = new LinkedHashMap<>(answer.headers());
        headers.put(header, List.of(values));
        return new Answer(answer.status(), headers, answer.body());
    }

    static Answer without(Answer answer, String header) {
        Map<String, List<String>> headers = new LinkedHashMap<>(answer.headers());
        headers.remove(header);
        return new Answer(answer.status(), headers, answer.body());
    }

    static Answer withBody(Answer answer, String body) {
        return new Answer(answer.status(), answer.headers(), body);
    }
}
