package io.idempotency.core;

import io.idempotency.core.ResponseContent.Body;
import io.idempotency.core.ResponseContent.ContainerError;
import io.idempotency.core.ResponseContent.ContainerRedirect;
import io.idempotency.core.ResponseContent.NotKept;
import io.idempotency.core.StoredResponse.Header;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes that a store keeps of a response: a format version, then length-prefixed fields.
 *
 * <p>Stateless and thread-safe. A version that this release does not know is refused by name, never guessed at: a request whose
 * record cannot be read was completed, so it must not be executed again.
 */
public final class StoredResponseCodec {

    private static final int FORMAT_VERSION = 1;
    private static final int BODY = 0;
    private static final int NOT_KEPT = 1;
    private static final int CONTAINER_ERROR = 2;
    private static final int CONTAINER_ERROR_WITH_MESSAGE = 3;
    private static final int CONTAINER_REDIRECT = 4;

    private StoredResponseCodec() {}

    /**
     * Writes a response in the current format.
     *
     * @param response the response
     * @return what {@link #decode} reads
     */
    public static byte[] encode(StoredResponse response) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT_VERSION);
            out.writeShort(response.status());
            out.writeInt(response.headers().size());
            for (Header header : response.headers()) {
                writeText(out, header.name());
                writeText(out, header.value());
            }
            writeContent(out, response.content());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads a response.
     *
     * @param bytes what {@link #encode} wrote, in this release or an earlier one
     * @return an equal response
     * @throws UnreadableRecordException if the format version is unknown or the bytes are damaged
     */
    public static StoredResponse decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readUnsignedByte();
            if (version != FORMAT_VERSION) {
                throw new UnreadableRecordException("A stored response has format version " + version
                        + ", this release reads version " + FORMAT_VERSION
                        + ". Finish the upgrade of all nodes, or do not go back before the retention is over.");
            }
            int status = in.readUnsignedShort();
            int headerCount = in.readInt();
            if (headerCount < 0) {
                throw new IOException("a list of " + headerCount + " headers");
            }
            List<Header> headers = new ArrayList<>();
            for (int i = 0; i < headerCount; i++) {
                headers.add(new Header(readText(in), readText(in)));
            }
            return new StoredResponse(status, headers, readContent(in));
        } catch (IOException | IllegalArgumentException e) {
            throw new UnreadableRecordException(
                    "A stored response is damaged: its bytes end early or make no sense.", e);
        }
    }

    private static void writeContent(DataOutputStream out, ResponseContent content) throws IOException {
        if (content instanceof Body body) {
            out.writeByte(BODY);
            writeBytes(out, body.bytes());
        } else if (content instanceof NotKept notKept) {
            out.writeByte(NOT_KEPT);
            out.writeLong(notKept.length());
        } else if (content instanceof ContainerRedirect redirect) {
            out.writeByte(CONTAINER_REDIRECT);
            writeText(out, redirect.location());
        } else if (content instanceof ContainerError error) {
            String message = error.message();
            out.writeByte(message == null ? CONTAINER_ERROR : CONTAINER_ERROR_WITH_MESSAGE);
            if (message != null) {
                writeText(out, message);
            }
        }
    }

    private static ResponseContent readContent(DataInputStream in) throws IOException {
        int kind = in.readUnsignedByte();
        return switch (kind) {
            case BODY -> new Body(readBytes(in));
            case NOT_KEPT -> new NotKept(in.readLong());
            case CONTAINER_ERROR -> new ContainerError(null);
            case CONTAINER_ERROR_WITH_MESSAGE -> new ContainerError(readText(in));
            case CONTAINER_REDIRECT -> new ContainerRedirect(readText(in));
            default -> throw new IOException("unknown kind of content " + kind);
        };
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInputStream in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        byte[] bytes = length < 0 ? new byte[0] : in.readNBytes(length);
        if (bytes.length != length) {
            throw new IOException("a field of " + length + " bytes ends after " + bytes.length);
        }
        return bytes;
    }
}
