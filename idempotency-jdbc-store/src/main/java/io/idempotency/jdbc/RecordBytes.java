package io.idempotency.jdbc;

import io.idempotency.core.KeyRecord;
import io.idempotency.core.KeyRecord.Completion;
import io.idempotency.core.KeyRecord.Unsettled;
import io.idempotency.core.RequestFingerprint;
import io.idempotency.core.Steps;
import io.idempotency.core.StoredResponseCodec;
import io.idempotency.core.UnreadableRecordException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Reads a record as the claim's function puts it together. */
final class RecordBytes {

    private RecordBytes() {}

    static KeyRecord read(byte[] answer) {
        ByteBuffer fields = ByteBuffer.wrap(answer);
        byte state = fields.get();
        Duration age = Duration.of(fields.getLong(), ChronoUnit.MICROS);
        Duration remaining = Duration.of(fields.getLong(), ChronoUnit.MICROS);
        RequestFingerprint fingerprint = readable(bytes(fields, fields.getInt()));
        byte[] response = bytes(fields, fields.remaining());
        return new KeyRecord(
                fingerprint,
                switch (state) {
                    case 'c' -> new Completion(() -> StoredResponseCodec.decode(response), age, remaining);
                    case 'r' -> Unsettled.RUNNING;
                    case 'a' -> Unsettled.ABANDONED;
                    default -> Unsettled.RELEASED;
                });
    }

    static Steps steps(byte @Nullable [] stored) {
        return stored == null ? Steps.NONE : Steps.fromBytes(stored);
    }

    private static byte[] bytes(ByteBuffer fields, int length) {
        byte[] bytes = new byte[length];
        fields.get(bytes);
        return bytes;
    }

    private static RequestFingerprint readable(byte[] fingerprint) {
        try {
            return RequestFingerprint.fromBytes(fingerprint);
        } catch (IllegalArgumentException e) {
            throw new UnreadableRecordException("A stored fingerprint is damaged, or of a newer release.", e);
        }
    }
}
