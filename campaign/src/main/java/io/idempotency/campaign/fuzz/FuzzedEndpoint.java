package io.idempotency.campaign.fuzz;

import java.util.List;

/** What requests are sent to, and what a valid one looks like. */
enum FuzzedEndpoint {
    JSON("/json", "application/json"),
    PROBLEM("/json", "application/merge-patch+json; charset=utf-8"),
    FORM("/form", "application/x-www-form-urlencoded"),
    MULTIPART("/multipart", "multipart/form-data; boundary=b"),
    BYTES("/bytes", "application/octet-stream"),
    STREAM("/stream", "text/plain"),
    OPTIONAL("/optional", "application/json"),
    LEASED("/leased", "application/json"),
    OPEN("/open", "application/json");

    private static final List<String> DOCUMENTS = List.of(
            "{\"amount\":12.50,\"currency\":\"EUR\"}", "{\"a\":{\"b\":[1,2,{\"c\":null}]},\"d\":\"\\u00fc\"}", "{}");

    private static final List<String> FORMS = List.of("amount=12.50&currency=EUR", "a=1&a=2&b=J%C3%BCrgen+%26", "a");

    private final String path;
    private final String contentType;

    FuzzedEndpoint(String path, String contentType) {
        this.path = path;
        this.contentType = contentType;
    }

    String path() {
        return path;
    }

    String contentType() {
        return contentType;
    }

    String body(Choice choice) {
        return switch (this) {
            case FORM -> choice.from(FORMS);
            case MULTIPART ->
                String.join(
                        "\r\n",
                        "--b",
                        "Content-Disposition: form-data; name=\"amount\"",
                        "",
                        "12.50",
                        "--b",
                        "Content-Disposition: form-data; name=\"file\"; filename=\"a.txt\"",
                        "Content-Type: text/plain",
                        "",
                        choice.number() + "\r\n--b--\r\n");
            default -> choice.from(DOCUMENTS);
        };
    }
}
