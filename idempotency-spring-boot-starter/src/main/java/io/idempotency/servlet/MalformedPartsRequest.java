package io.idempotency.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.util.Collection;

/**
 * A multipart request that the container could not take apart: whoever asks for its parts is told so again.
 *
 * <p>Containers do not remember all that went wrong: asked a second time, Tomcat gives no parts at all for a body whose file name it
 * refused, and a handler would be executed as if nothing had been uploaded.
 */
final class MalformedPartsRequest extends HandlerRequest {

    private final RuntimeException failure;

    MalformedPartsRequest(HttpServletRequest request, RuntimeException failure) {
        super(request);
        this.failure = failure;
    }

    @Override
    public Collection<Part> getParts() {
        throw failure;
    }

    @Override
    public Part getPart(String name) {
        throw failure;
    }
}
