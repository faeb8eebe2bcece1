package io.idempotency.servlet;

import jakarta.servlet.http.Part;
import java.util.Collection;
import java.util.Map;

/** A body that was read before the claim, and the request that gives it to the handler as if it had not been. */
sealed interface GuardedBody {

    /** The request to pass on. */
    HandlerRequest request();

    /** The content type without its parameters, in lower case; empty if there is none. */
    String mediaType();

    /** A body that is compared as it was sent, or by its meaning as JSON. */
    record Bytes(BufferedRequest request, String mediaType) implements GuardedBody {}

    /** A form, compared by the parameters of query and body. */
    record Form(HandlerRequest request, String mediaType, Map<String, String[]> parameters) implements GuardedBody {}

    /** A multipart body that the container took apart. */
    record Multipart(HandlerRequest request, String mediaType, Collection<Part> parts) implements GuardedBody {}

    /** A multipart body that the container could not take apart: whoever asks for its parts is told so again. */
    record Unreadable(HandlerRequest request, String mediaType) implements GuardedBody {}
}
