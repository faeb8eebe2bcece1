package io.idempotency.core.contract;

import static io.idempotency.core.contract.StoreRules.newKey;
import static io.idempotency.core.contract.StoreRules.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.idempotency.core.Claim;
import io.idempotency.core.ClaimLostException;
import io.idempotency.core.ClaimResult;
import io.idempotency.core.ClaimResult.Claimed;
import io.idempotency.core.ClaimResult.Completed;
import io.idempotency.core.IdempotencyStore;
import io.idempotency.core.Lease;
import io.idempotency.core.OpenTransaction;
import io.idempotency.core.RecordKey;
import io.idempotency.core.RequestFingerprint;
import io.idempotency.core.Steps;
import io.idempotency.core.Takeover;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Owners that do in turn whatever occurs to them, to a store and to a {@linkplain ModelKey model} of it, which must agree at every step.
 *
 * <p>Time passes in units that no term is a multiple of, so that a store whose clock goes on by itself for some seconds says the same.
 */
final class ModelWalk {

    private static final int KEYS = 5;
    private static final int OWNERS = 4;
    private static final Duration UNIT = Duration.ofHours(7);
    private static final Duration LEASE = Duration.ofHours(30);
    private static final Duration LIFETIME = Duration.ofHours(100);
    private static final Duration RETENTION = Duration.ofHours(200);

    private final StoreProbe probe;
    private final IdempotencyStore store;
    private final Random random;
    private final Map<RecordKey, ModelKey> model = new LinkedHashMap<>();
    private final List<RecordKey> keys = new ArrayList<>();
    private final List<Claim> owners = new ArrayList<>();
    private Duration now = Duration.ZERO;
    private int answers;

    ModelWalk(StoreProbe probe, long seed) {
        this.probe = probe;
        this.store = probe.store();
        this.random = new Random(seed);
        for (int i = 0; i < KEYS; i++) {
            RecordKey key = newKey();
            keys.add(key);
            model.put(key, new ModelKey());
        }
    }

    void walk(int steps) {
        for (int i = 0; i < steps; i++) {
            switch (random.nextInt(14)) {
                case 0, 1, 2 -> claimLeased();
                case 3 -> claimInTransaction();
                case 4, 5 -> complete();
                case 6 -> completeAndRollBack();
                case 7 -> recordSteps();
                case 8 -> release();
                case 9 -> renew();
                case 10 -> hold();
                case 11 -> fate();
                case 12 -> passTime();
                default -> purge();
            }
        }
    }

    private void claimLeased() {
        Takeover onTakeover = random.nextBoolean() ? Takeover.EXECUTE : Takeover.REFUSE;
        Claim claim = Claim.leased(anyKey(), anyFingerprint(), new Lease(LEASE, LIFETIME, RETENTION, onTakeover));
        ClaimResult expected = model(claim).claim(claim, now);
        assertSame(inTransaction(() -> store.claim(claim)), expected);
        if (expected instanceof Claimed) {
            owners.add(claim);
            if (owners.size() > OWNERS * KEYS) {
                owners.remove(0);
            }
        }
    }

    private void claimInTransaction() {
        Claim claim = Claim.on(anyKey(), anyFingerprint());
        ModelKey known = model(claim);
        ClaimResult expected = known.claim(claim, now);
        String answer = "answer " + answers++;
        assertSame(
                inTransaction(() -> {
                    ClaimResult result = store.claim(claim);
                    if (result instanceof Claimed) {
                        store.complete(claim, response(answer), RETENTION);
                    }
                    return result;
                }),
                expected);
        if (expected instanceof Claimed) {
            known.complete(response(answer), RETENTION, now);
        }
    }

    private void complete() {
        String answer = "answer " + answers++;
        byOwner(
                claim -> store.complete(claim, response(answer), RETENTION),
                claim -> model(claim).complete(response(answer), RETENTION, now));
    }

    private void completeAndRollBack() {
        if (owners.isEmpty()) {
            return;
        }
        Claim claim = anyOwner();
        OpenTransaction transaction = probe.begin();
        try {
            store.complete(claim, response("undone"), RETENTION);
            assertThat(model(claim).holds(claim)).isTrue();
        } catch (ClaimLostException e) {
            assertThat(model(claim).holds(claim)).isFalse();
        } finally {
            transaction.rollback();
        }
    }

    private void recordSteps() {
        String name = "step " + answers++;
        byOwner(
                claim -> store.recordSteps(claim, more(claim, name)),
                claim -> model(claim).recordSteps(more(claim, name), LEASE, now));
    }

    private Steps more(Claim claim, String name) {
        return model(claim).steps().with(name, new byte[] {1});
    }

    private void hold() {
        byOwner(store::hold, claim -> {});
    }

    private void byOwner(Consumer<Claim> call, Consumer<Claim> effect) {
        if (owners.isEmpty()) {
            return;
        }
        Claim claim = anyOwner();
        if (model(claim).holds(claim)) {
            inTransaction(() -> {
                call.accept(claim);
                return true;
            });
            effect.accept(claim);
        } else {
            assertThatThrownBy(() -> inTransaction(() -> {
                        call.accept(claim);
                        return true;
                    }))
                    .isInstanceOf(ClaimLostException.class);
        }
    }

    private void release() {
        if (owners.isEmpty()) {
            return;
        }
        Claim claim = anyOwner();
        inTransaction(() -> {
            store.release(claim);
            return true;
        });
        if (model(claim).holds(claim)) {
            model(claim).release();
        }
    }

    private void renew() {
        List<Claim> some = owners.stream().filter(owner -> random.nextBoolean()).toList();
        long expected = some.stream()
                .filter(claim -> model(claim).holds(claim) && model(claim).renew(LEASE, now))
                .count();
        assertThat(inTransaction(() -> some.isEmpty() ? 0 : store.renew(some))).isEqualTo((int) expected);
    }

    private void fate() {
        if (!owners.isEmpty()) {
            Claim claim = anyOwner();
            assertThat(inTransaction(() -> store.fateOf(claim)))
                    .isEqualTo(model(claim).fateOf(claim));
        }
    }

    private void passTime() {
        Duration some = UNIT.multipliedBy(1 + random.nextInt(8));
        now = now.plus(some);
        probe.advanceTime(some);
    }

    private void purge() {
        long expected = model.values().stream().filter(key -> key.purge(now)).count();
        assertThat(inTransaction(() -> store.purge(1000))).isEqualTo((int) expected);
    }

    private static void assertSame(ClaimResult found, ClaimResult expected) {
        if (expected instanceof Completed completed) {
            assertThat(found)
                    .isInstanceOfSatisfying(
                            Completed.class,
                            replay -> assertThat(replay.response()).isEqualTo(completed.response()));
        } else {
            assertThat(found).isEqualTo(expected);
        }
    }

    private <T> T inTransaction(Supplier<T> calls) {
        OpenTransaction transaction = probe.begin();
        boolean done = false;
        try {
            T answer = calls.get();
            done = true;
            return answer;
        } finally {
            if (done) {
                transaction.commit();
            } else {
                transaction.rollback();
            }
        }
    }

    private ModelKey model(Claim claim) {
        ModelKey known = model.get(claim.key());
        if (known == null) {
            throw new IllegalArgumentException("This walk has no such key.");
        }
        return known;
    }

    private RecordKey anyKey() {
        return keys.get(random.nextInt(KEYS));
    }

    private Claim anyOwner() {
        return owners.get(random.nextInt(owners.size()));
    }

    private RequestFingerprint anyFingerprint() {
        return random.nextInt(5) == 0 ? StoreRules.OTHER_FINGERPRINT : StoreRules.FINGERPRINT;
    }
}
