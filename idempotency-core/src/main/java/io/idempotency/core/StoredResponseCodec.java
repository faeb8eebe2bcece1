package io.idempotency.core;

import io.idempotency.core.ResponseContent.Body;
import io.idempotency.core.ResponseContent.ContainerError;
import io.idempotency.core.ResponseContent.ContainerRedirect;
import io.idempotency.core.ResponseContent.NotKept;
import io.idempotency.core.StoredResponse.Header;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes that a store keeps of a response: a format version, then fields that carry their length.
 *
 * <p>They are kept small, since a database writes each of them several times. Stateless and thread-safe. A version that this
 * release does not know is refused by name, never guessed at: a request whose record cannot be read was completed, so it must not be
 * executed again.
 */
public final class StoredResponseCodec {

    private static final int FORMAT_VERSION = 1;
    private static final int BODY = 0;
    private static final int NOT_KEPT = 1;
    private static final int CONTAINER_ERROR = 2;
    private static final int CONTAINER_ERROR_WITH_MESSAGE = 3;
    private static final int CONTAINER_REDIRECT = 4;

    private static final int SPELLED_OUT = 0;

    /**
     * Names that most answers have, each kept as its place in this list, counted from 1. Part of the format: more may be added to the
     * end.
     */
    private static final List<String> WELL_KNOWN_NAMES = List.of(
            "Content-Type",
            "Location",
            "ETag",
            "Last-Modified",
            "Link",
            "Content-Language",
            "Content-Location",
            "Content-Disposition");

    private StoredResponseCodec() {}

    /**
     * Writes a response in the current format.
     *
     * @param response the response
     * @return what {@link #decode} reads
     */
    public static byte[] encode(StoredResponse response) {
        FieldWriter out = new FieldWriter().number(FORMAT_VERSION).number(response.status());
        out.number(response.headers().size());
        for (Header header : response.headers()) {
            int known = WELL_KNOWN_NAMES.indexOf(header.name());
            if (known >= 0) {
                out.number(known + 1L);
            } else {
                out.number(SPELLED_OUT).text(header.name());
            }
            out.text(header.value());
        }
        return withContent(out, response.content());
    }

    private static byte[] withContent(FieldWriter out, ResponseContent content) {
        if (content instanceof Body body) {
            return out.number(BODY).toBytesWith(body.bytes());
        }
        if (content instanceof NotKept notKept) {
            out.number(NOT_KEPT).number(notKept.length());
        } else if (content instanceof ContainerRedirect redirect) {
            out.number(CONTAINER_REDIRECT).text(redirect.location());
        } else if (content instanceof ContainerError error) {
            String message = error.message();
            if (message == null) {
                out.number(CONTAINER_ERROR);
            } else {
                out.number(CONTAINER_ERROR_WITH_MESSAGE).text(message);
            }
        }
        return out.toBytes();
    }

    /**
     * Reads a response.
     *
     * @param bytes what {@link #encode} wrote, in this release or an earlier one
     * @return an equal response
     * @throws UnreadableRecordException if the format version is unknown or the bytes are damaged
     */
    public static StoredResponse decode(byte[] bytes) {
        FieldReader in = new FieldReader(bytes);
        try {
            int version = in.octet();
            if (version != FORMAT_VERSION) {
                throw new UnreadableRecordException("A stored response has format version " + version
                        + ", this release reads version " + FORMAT_VERSION
                        + ". Finish the upgrade of all nodes, or do not go back before the retention is over.");
            }
            int status = in.number(Integer.MAX_VALUE);
            StoredResponse response = new StoredResponse(status, readHeaders(in), readContent(in));
            in.end();
            return response;
        } catch (IllegalArgumentException e) {
            throw new UnreadableRecordException(
                    "A stored response is damaged: its bytes end early or make no sense.", e);
        }
    }

    private static List<Header> readHeaders(FieldReader in) {
        int count = in.count();
        List<Header> headers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int known = in.number(WELL_KNOWN_NAMES.size());
            String name = known == SPELLED_OUT ? in.text() : WELL_KNOWN_NAMES.get(known - 1);
            headers.add(new Header(name, in.text()));
        }
        return headers;
    }

    private static ResponseContent readContent(FieldReader in) {
        int kind = in.octet();
        return switch (kind) {
            case BODY -> new Body(in.bytes());
            case NOT_KEPT -> new NotKept(in.number());
            case CONTAINER_ERROR -> new ContainerError(null);
            case CONTAINER_ERROR_WITH_MESSAGE -> new ContainerError(in.text());
            case CONTAINER_REDIRECT -> new ContainerRedirect(in.text());
            default -> throw new IllegalArgumentException("The kind of content " + kind + " is unknown.");
        };
    }
}
