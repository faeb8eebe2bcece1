package io.idempotency.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.idempotency.core.Claim;
import io.idempotency.core.ClaimResult;
import io.idempotency.core.ClaimResult.Claimed;
import io.idempotency.core.ClaimResult.Completed;
import io.idempotency.core.IdempotencyKey;
import io.idempotency.core.IdempotencyStore;
import io.idempotency.core.KeyScope;
import io.idempotency.core.RecordKey;
import io.idempotency.core.RequestFingerprint;
import io.idempotency.core.ResponseContent;
import io.idempotency.core.StoredResponse;
import io.idempotency.core.StoredResponse.Header;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Timeout;

/** The words that the rules are told in. The limit of time only ends a test whose store waits for ever. */
@Timeout(30)
interface StoreRules {

    Duration RETENTION = Duration.ofHours(1);
    RequestFingerprint FINGERPRINT = fingerprint(1, 7);
    RequestFingerprint OTHER_FINGERPRINT = fingerprint(1, 8);
    RequestFingerprint FINGERPRINT_OF_OTHER_RELEASE = fingerprint(2, 8);

    StoreProbe probe();

    /**
     * Every call is a step of its own, on a thread of its own: committed before it returns, and taken again if a concurrent one
     * made it impossible.
     */
    default IdempotencyStore store() {
        return probe().stepByStep();
    }

    default Claim completed(RecordKey key, StoredResponse response) {
        return completed(key, response, RETENTION);
    }

    default Claim completed(RecordKey key, StoredResponse response, Duration retention) {
        return completed(claimOn(key), response, retention);
    }

    /** Claims and completes in one transaction. */
    default Claim completed(Claim claim, StoredResponse response, Duration retention) {
        ClaimResult result = probe().together(store -> {
            ClaimResult granted = store.claim(claim);
            store.complete(claim, response, retention);
            return granted;
        });
        assertThat(result).isEqualTo(new Claimed());
        return claim;
    }

    default void assertIsReplayed(RecordKey key, StoredResponse response) {
        assertThat(store().claim(claimOn(key))).isInstanceOfSatisfying(Completed.class, completed -> {
            assertThat(completed.response()).isEqualTo(response);
            assertThat(completed.age()).isGreaterThanOrEqualTo(Duration.ZERO);
        });
    }

    /** Deletes what earlier tests left behind. */
    default void purgeEverything() {
        probe().advanceTime(RETENTION.multipliedBy(100));
        while (store().purge(1000) > 0) {}
    }

    static RecordKey newKey() {
        return RecordKey.of(
                KeyScope.SHARED, new IdempotencyKey(UUID.randomUUID().toString()));
    }

    static Claim claimOn(RecordKey key) {
        return Claim.on(key, FINGERPRINT);
    }

    static Claim claimByOtherRequest(RecordKey key) {
        return Claim.on(key, OTHER_FINGERPRINT);
    }

    static StoredResponse response(String body) {
        return new StoredResponse(
                201,
                List.of(new Header("Content-Type", "text/plain"), new Header("Location", "/payments/1")),
                new ResponseContent.Body(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static RequestFingerprint fingerprint(int version, int fill) {
        byte[] digest = new byte[RequestFingerprint.DIGEST_LENGTH];
        Arrays.fill(digest, (byte) fill);
        return RequestFingerprint.of((byte) version, digest);
    }
}
