package io.idempotency.core.contract;

import static io.idempotency.core.contract.StoreRules.claimByOtherRequest;
import static io.idempotency.core.contract.StoreRules.claimOn;
import static io.idempotency.core.contract.StoreRules.newKey;
import static io.idempotency.core.contract.StoreRules.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.idempotency.core.Claim;
import io.idempotency.core.ClaimLostException;
import io.idempotency.core.ClaimResult.Claimed;
import io.idempotency.core.ClaimResult.Completed;
import io.idempotency.core.ClaimResult.KeyReused;
import io.idempotency.core.RecordKey;
import io.idempotency.core.ResponseContent;
import io.idempotency.core.StoredResponse;
import io.idempotency.core.StoredResponse.Header;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The four states of a key, and who may change them. */
interface StateRules extends StoreRules {

    @Test
    default void newKeyIsClaimed() {
        assertThat(store().claim(claimOn(newKey()))).isEqualTo(new Claimed());
    }

    @Test
    default void completedClaimIsReplayedToTheSameRequest() {
        RecordKey key = newKey();
        completed(key, response("first"));

        assertIsReplayed(key, response("first"));
        assertIsReplayed(key, response("first"));
    }

    @Test
    default void anotherRequestIsRefusedAndTheNextHonestRetryIsReplayed() {
        RecordKey key = newKey();
        completed(key, response("first"));

        assertThat(store().claim(claimByOtherRequest(key))).isEqualTo(new KeyReused());
        assertIsReplayed(key, response("first"));
    }

    @Test
    default void fingerprintOfAnotherReleaseIsNoContradiction() {
        RecordKey key = newKey();
        completed(key, response("first"));

        assertThat(store().claim(Claim.on(key, FINGERPRINT_OF_OTHER_RELEASE)))
                .isInstanceOfSatisfying(
                        Completed.class,
                        completed -> assertThat(completed.fingerprint()).isEqualTo(FINGERPRINT));
    }

    @Test
    default void keysKnowNothingOfEachOther() {
        RecordKey one = newKey();
        RecordKey other = newKey();
        completed(one, response("one"));
        completed(other, response("other"));

        assertIsReplayed(one, response("one"));
        assertIsReplayed(other, response("other"));
    }

    @Test
    default void secondCompletionIsRefusedAndWritesNothing() {
        RecordKey key = newKey();
        Claim claim = completed(key, response("first"));

        assertThatThrownBy(() -> store().complete(claim, response("late"), RETENTION))
                .isInstanceOf(ClaimLostException.class);
        assertIsReplayed(key, response("first"));
    }

    @Test
    default void everyKindOfContentIsReplayedAsItWasStored() {
        List<ResponseContent> contents = List.of(
                new ResponseContent.Body(new byte[0]),
                new ResponseContent.Body(new byte[] {0, -1, 13, 10, 127, -128}),
                new ResponseContent.NotKept(5_000_000_000L),
                new ResponseContent.ContainerError(null),
                new ResponseContent.ContainerError("no such account: ü €"),
                new ResponseContent.ContainerRedirect("../payments/1?a=b"));

        for (ResponseContent content : contents) {
            RecordKey key = newKey();
            StoredResponse response = new StoredResponse(422, List.of(), content);
            completed(key, response);
            assertIsReplayed(key, response);
        }
    }

    @Test
    default void headersAreReplayedInTheirOrder() {
        RecordKey key = newKey();
        StoredResponse response = new StoredResponse(
                201,
                List.of(new Header("Link", "</b>"), new Header("ETag", "\"ü\""), new Header("Link", "</a>")),
                new ResponseContent.Body(new byte[] {1}));
        completed(key, response);

        assertIsReplayed(key, response);
    }

    @Test
    default void largeBodyIsReplayedWhole() {
        RecordKey key = newKey();
        byte[] body = new byte[3_000_000];
        new Random(1).nextBytes(body);
        StoredResponse response = new StoredResponse(200, List.of(), new ResponseContent.Body(body));
        completed(key, response);

        assertIsReplayed(key, response);
    }
}
