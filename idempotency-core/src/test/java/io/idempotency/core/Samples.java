package io.idempotency.core;

import io.idempotency.core.ResponseContent.Body;
import io.idempotency.core.StoredResponse.Header;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Values that the tests of this package are told with. */
final class Samples {

    private Samples() {}

    static RecordKey key(String value) {
        return RecordKey.of(KeyScope.SHARED, new IdempotencyKey(value));
    }

    static Claim claim(String key) {
        return Claim.on(key(key), fingerprint(1, 7));
    }

    static RequestFingerprint fingerprint(int version, int fill) {
        byte[] digest = new byte[RequestFingerprint.DIGEST_LENGTH];
        Arrays.fill(digest, (byte) fill);
        return RequestFingerprint.of((byte) version, digest);
    }

    /** A record of the request with the fingerprint that the stage asks with. */
    static ClaimResult.Completed completed(StoredResponse response, Duration age) {
        return new ClaimResult.Completed(fingerprint(1, 7), response, age, Duration.ofHours(24));
    }

    static StoredResponse response(int status) {
        return new StoredResponse(
                status,
                List.of(new Header("Content-Type", "text/plain")),
                new Body("done".getBytes(StandardCharsets.UTF_8)));
    }
}
