package io.idempotency.campaign.proxy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Messages as they are sent. */
final class Protocol {

    static final int PROTOCOL_3 = 3 << 16;
    static final int SSL_REQUEST = 80877103;
    static final int GSS_REQUEST = 80877104;
    static final int CANCEL_REQUEST = 80877102;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Protocol untyped(int code, String rest) {
        byte[] tail = rest.getBytes(StandardCharsets.ISO_8859_1);
        bytes.writeBytes(ByteBuffer.allocate(8 + tail.length)
                .putInt(8 + tail.length)
                .putInt(code)
                .put(tail)
                .array());
        return this;
    }

    Protocol startup() {
        return untyped(PROTOCOL_3, "user\0postgres\0\0");
    }

    Protocol message(char type, String body) {
        return message(type, body.getBytes(StandardCharsets.ISO_8859_1));
    }

    Protocol message(char type, byte[] body) {
        bytes.writeBytes(ByteBuffer.allocate(5 + body.length)
                .put((byte) type)
                .putInt(4 + body.length)
                .put(body)
                .array());
        return this;
    }

    Protocol parse(String statement, String sql) {
        return message('P', statement + "\0" + sql + "\0\0\0");
    }

    Protocol bind(String portal, String statement) {
        return message('B', portal + "\0" + statement + "\0\0\0\0\0\0\0");
    }

    Protocol execute(String portal) {
        return message('E', portal + "\0\0\0\0\0");
    }

    Protocol sync() {
        return message('S', "");
    }

    Protocol query(String sql) {
        return message('Q', sql + "\0");
    }

    Protocol backendKey(int backend) {
        return message('K', ByteBuffer.allocate(8).putInt(backend).putInt(4711).array());
    }

    Protocol ready() {
        return message('Z', "I");
    }

    Protocol raw(String text) {
        bytes.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    int size() {
        return bytes.size();
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }
}
