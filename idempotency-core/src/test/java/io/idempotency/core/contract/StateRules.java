package io.idempotency.core.contract;

import static io.idempotency.core.contract.StoreRules.claimByOtherRequest;
import static io.idempotency.core.contract.StoreRules.claimOn;
import static io.idempotency.core.contract.StoreRules.newKey;
import static io.idempotency.core.contract.StoreRules.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.idempotency.core.Claim;
import io.idempotency.core.ClaimLostException;
import io.idempotency.core.ClaimResult;
import io.idempotency.core.ClaimResult.Claimed;
import io.idempotency.core.ClaimResult.Completed;
import io.idempotency.core.ClaimResult.InProgress;
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
    default void openClaimIsInProgressToTheSameRequest() {
        RecordKey key = newKey();
        claimed(key);

        assertThat(store().claim(claimOn(key))).isEqualTo(new InProgress());
    }

    @Test
    default void openClaimRefusesAnotherRequest() {
        RecordKey key = newKey();
        claimed(key);

        assertThat(store().claim(claimByOtherRequest(key))).isEqualTo(new KeyReused());
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
        Claim first = claimed(key);
        Claim fromOtherRelease = Claim.on(key, FINGERPRINT_OF_OTHER_RELEASE);

        assertThat(store().claim(fromOtherRelease)).isEqualTo(new InProgress());
        store().complete(first, response("first"), RETENTION);
        assertThat(store().claim(fromOtherRelease)).isInstanceOf(Completed.class);
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
    default void completionUnderAnotherTokenIsRefusedAndWritesNothing() {
        RecordKey key = newKey();
        Claim owner = claimed(key);

        assertCompletionIsRefused(claimOn(key));
        assertThat(store().claim(claimOn(key))).isEqualTo(new InProgress());
        store().complete(owner, response("owner"), RETENTION);
        assertIsReplayed(key, response("owner"));
    }

    @Test
    default void secondCompletionIsRefusedAndWritesNothing() {
        RecordKey key = newKey();
        Claim claim = completed(key, response("first"));

        assertCompletionIsRefused(claim);
        assertIsReplayed(key, response("first"));
    }

    @Test
    default void completionAfterReleaseIsRefusedAndWritesNothing() {
        RecordKey key = newKey();
        Claim claim = claimed(key);
        store().release(claim);

        assertCompletionIsRefused(claim);
        assertThat(store().claim(claimOn(key))).isEqualTo(new Claimed());
    }

    @Test
    default void completionWithoutAnyClaimIsRefusedAndWritesNothing() {
        RecordKey key = newKey();

        assertCompletionIsRefused(claimOn(key));
        assertThat(store().claim(claimOn(key))).isEqualTo(new Claimed());
    }

    @Test
    default void releasedKeyIsNewToAnyRequest() {
        RecordKey key = newKey();
        store().release(claimed(key));

        assertThat(store().claim(claimByOtherRequest(key))).isEqualTo(new Claimed());
    }

    @Test
    default void releaseUnderAnotherTokenChangesNothing() {
        RecordKey key = newKey();
        Claim owner = claimed(key);

        store().release(claimOn(key));

        assertThat(store().claim(claimOn(key))).isEqualTo(new InProgress());
        store().complete(owner, response("owner"), RETENTION);
        assertIsReplayed(key, response("owner"));
    }

    @Test
    default void releaseOfACompletedClaimChangesNothing() {
        RecordKey key = newKey();
        Claim claim = completed(key, response("first"));

        store().release(claim);

        assertIsReplayed(key, response("first"));
    }

    @Test
    default void releaseOfAReleasedClaimLeavesTheNextOwnerAlone() {
        RecordKey key = newKey();
        Claim first = claimed(key);
        store().release(first);
        Claim second = claimed(key);

        store().release(first);

        store().complete(second, response("second"), RETENTION);
        assertIsReplayed(key, response("second"));
    }

    @Test
    default void claimAndCompletionCanBeTakenTogether() {
        RecordKey key = newKey();
        Claim claim = claimOn(key);

        ClaimResult result = probe().together(store -> {
            ClaimResult granted = store.claim(claim);
            store.complete(claim, response("together"), RETENTION);
            return granted;
        });

        assertThat(result).isEqualTo(new Claimed());
        assertIsReplayed(key, response("together"));
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

    private void assertCompletionIsRefused(Claim claim) {
        assertThatThrownBy(() -> store().complete(claim, response("late"), RETENTION))
                .isInstanceOf(ClaimLostException.class);
    }
}
