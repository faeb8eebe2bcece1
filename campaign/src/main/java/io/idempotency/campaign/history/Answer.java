package io.idempotency.campaign.history;

import java.util.List;
import java.util.Map;

/**
 * What a client received to the last byte.
 *
 * @param status the status code
 * @param headers all header fields by their name in lower case, each with its values in order
 * @param body the content
 */
public record Answer(int status, Map<String, List<String>> headers, String body) {

    /** Keeps what it is given from changing. */
    public Answer {
        headers = Map.copyOf(headers);
    }

    /** Whether the answer says of itself that it is a replay. */
    public boolean isReplay() {
        return headers.containsKey("idempotent-replayed");
    }

    /** The {@code code} of a problem, or an empty text. */
    public String code() {
        int name = body.indexOf("\"code\":\"");
        if (name < 0) {
            return "";
        }
        int start = name + 8;
        return body.substring(start, body.indexOf('"', start));
    }
}
