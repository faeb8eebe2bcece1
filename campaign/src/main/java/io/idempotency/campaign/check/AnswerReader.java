package io.idempotency.campaign.check;

import io.idempotency.campaign.history.Answer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Reads what the campaign's application and the library answer. */
final class AnswerReader {

    private static final JsonMapper JSON = new JsonMapper();

    private AnswerReader() {}

    static Said read(Answer answer) {
        JsonNode content = content(answer.body());
        Kind kind = kind(answer.status(), content);
        String label = answer.status() + " " + what(kind, answer, content);
        return kind.namesExecution()
                ? new Said(
                        answer,
                        kind,
                        label,
                        text(content, "execution"),
                        text(content, "principal"),
                        text(content, "request"))
                : new Said(answer, kind, label, "", "", "");
    }

    private static JsonNode content(String body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    private static Kind kind(int status, JsonNode content) {
        boolean made = isText(content, "execution") && isText(content, "principal") && isText(content, "request");
        return switch (status) {
            case 201 -> made && !isTrue(content, "declined") && !isTrue(content, "again") ? Kind.DONE : Kind.DAMAGED;
            case 402 -> made && isTrue(content, "declined") ? Kind.DECLINED : Kind.DAMAGED;
            case 500 -> made && isTrue(content, "again") ? Kind.RELEASED : Kind.UNDOCUMENTED;
            default -> problem(status, text(content, "code"));
        };
    }

    private static Kind problem(int status, String code) {
        return switch (status) {
            case 409 ->
                switch (code) {
                    case "request-in-progress" -> Kind.IN_PROGRESS;
                    case "outcome-unknown" -> Kind.ABANDONED;
                    default -> Kind.UNDOCUMENTED;
                };
            case 422 -> code.equals("key-reused") ? Kind.KEY_REUSED : Kind.UNDOCUMENTED;
            case 503 ->
                switch (code) {
                    case "store-unavailable", "commit-refused", "claim-lost" -> Kind.UNAVAILABLE;
                    case "outcome-unknown" -> Kind.UNCERTAIN;
                    default -> Kind.UNDOCUMENTED;
                };
            default -> Kind.UNDOCUMENTED;
        };
    }

    private static String what(Kind kind, Answer answer, JsonNode content) {
        return switch (kind) {
            case DONE -> answer.isReplay() ? "replayed" : "executed";
            case DECLINED -> answer.isReplay() ? "declined, replayed" : "declined";
            case RELEASED -> "released";
            default -> isText(content, "code") ? text(content, "code") : "unreadable";
        };
    }

    private static boolean isText(JsonNode content, String member) {
        return content.path(member).isString();
    }

    private static String text(JsonNode content, String member) {
        JsonNode value = content.path(member);
        return value.isString() ? value.stringValue() : "";
    }

    private static boolean isTrue(JsonNode content, String member) {
        return content.path(member).isBoolean() && content.path(member).booleanValue();
    }
}
