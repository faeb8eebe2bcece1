package io.idempotency.campaign.fuzz;

import io.idempotency.core.ResponseContent;
import io.idempotency.core.ResponseContent.Body;
import io.idempotency.core.ResponseContent.ContainerError;
import io.idempotency.core.ResponseContent.ContainerRedirect;
import io.idempotency.core.ResponseContent.NotKept;
import io.idempotency.core.Steps;
import io.idempotency.core.StoredResponse;
import io.idempotency.core.StoredResponse.Header;
import java.util.ArrayList;
import java.util.List;

/** Makes up what a store keeps. */
final class StoredResponses {

    private static final List<String> NAMES =
            List.of("Content-Type", "Location", "ETag", "Content-Disposition", "content-type", "X-Own", "");

    private StoredResponses() {}

    static StoredResponse any(Choice choice) {
        List<Header> headers = new ArrayList<>();
        for (int left = choice.below(5); left > 0; left--) {
            headers.add(new Header(choice.from(NAMES), text(choice)));
        }
        return new StoredResponse(100 + choice.below(500), headers, content(choice));
    }

    private static ResponseContent content(Choice choice) {
        return switch (choice.below(5)) {
            case 0 -> new NotKept(choice.number() >>> 1 >>> choice.below(63));
            case 1 -> new ContainerError(null);
            case 2 -> new ContainerError(text(choice));
            case 3 -> new ContainerRedirect(text(choice));
            default -> new Body(Latin1.bytes(text(choice)));
        };
    }

    static Steps steps(Choice choice) {
        Steps steps = Steps.NONE;
        for (int left = choice.below(4); left > 0; left--) {
            String name = left + text(choice);
            steps = steps.with(name, Latin1.bytes(text(choice)));
        }
        return steps;
    }

    private static String text(Choice choice) {
        StringBuilder text = new StringBuilder();
        for (int left = choice.length(60); left > 0; left--) {
            text.append((char) choice.below(choice.oneIn(4) ? 0xD800 : 0x80));
        }
        return text.toString();
    }
}
