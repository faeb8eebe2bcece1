package io.idempotency.core;

import io.idempotency.core.ClaimResult.Claimed;
import io.idempotency.core.CommitResult.Committed;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/**
 * A store and its transactions that answer as they are told, and write down in one word each what they were asked. What nobody
 * told them goes well.
 */
final class Rehearsal {

    private final List<String> words = new ArrayList<>();
    private final Deque<Supplier<OpenTransaction>> begins = new ArrayDeque<>();
    private final Deque<Supplier<ClaimResult>> claims = new ArrayDeque<>();
    private final Deque<Runnable> completions = new ArrayDeque<>();
    private final Deque<Supplier<CommitResult>> commits = new ArrayDeque<>();
    private final Deque<Supplier<ClaimFate>> fates = new ArrayDeque<>();

    private final Deque<Runnable> holds = new ArrayDeque<>();
    private final Deque<Runnable> recordings = new ArrayDeque<>();
    private final Deque<Runnable> releases = new ArrayDeque<>();
    private final Deque<Runnable> renewals = new ArrayDeque<>();
    private final Deque<Integer> renewedOnly = new ArrayDeque<>();

    final List<TransactionSettings> begun = new ArrayList<>();
    final List<Claim> claimed = new ArrayList<>();
    final List<Claim> completed = new ArrayList<>();
    final List<StoredResponse> stored = new ArrayList<>();
    final List<Duration> retentions = new ArrayList<>();
    final List<Steps> recorded = new ArrayList<>();
    final List<Claim> released = new ArrayList<>();
    final List<Claim> renewed = new ArrayList<>();
    int open;

    Rehearsal begin(Supplier<OpenTransaction> answer) {
        begins.add(answer);
        return this;
    }

    Rehearsal claim(Supplier<ClaimResult> answer) {
        claims.add(answer);
        return this;
    }

    Rehearsal claim(ClaimResult answer) {
        return claim(() -> answer);
    }

    Rehearsal complete(Runnable answer) {
        completions.add(answer);
        return this;
    }

    Rehearsal hold(Runnable answer) {
        holds.add(answer);
        return this;
    }

    Rehearsal recordSteps(Runnable answer) {
        recordings.add(answer);
        return this;
    }

    Rehearsal release(Runnable answer) {
        releases.add(answer);
        return this;
    }

    Rehearsal renew(Runnable answer) {
        renewals.add(answer);
        return this;
    }

    Rehearsal renewOnly(int count) {
        renewedOnly.add(count);
        return this;
    }

    Rehearsal commit(Supplier<CommitResult> answer) {
        commits.add(answer);
        return this;
    }

    Rehearsal commit(CommitResult answer) {
        return commit(() -> answer);
    }

    Rehearsal fate(Supplier<ClaimFate> answer) {
        fates.add(answer);
        return this;
    }

    Rehearsal fate(ClaimFate answer) {
        return fate(() -> answer);
    }

    void says(String word) {
        words.add(word);
    }

    /** All words so far, in their order. */
    String script() {
        return String.join(" ", words);
    }

    TransactionBoundary transactions() {
        return settings -> {
            says("begin");
            begun.add(settings);
            OpenTransaction transaction =
                    begins.isEmpty() ? new Transaction() : begins.remove().get();
            open++;
            return transaction;
        };
    }

    OpenTransaction transaction() {
        return new Transaction();
    }

    IdempotencyStore store() {
        return new Store();
    }

    static <T> Supplier<T> raises(RuntimeException exception) {
        return () -> {
            throw exception;
        };
    }

    private static <T> T next(Deque<Supplier<T>> answers, T otherwise) {
        return answers.isEmpty() ? otherwise : answers.remove().get();
    }

    private final class Transaction implements OpenTransaction {

        private boolean rollbackOnly;

        @Override
        public boolean isRollbackOnly() {
            return rollbackOnly;
        }

        @Override
        public void setRollbackOnly() {
            rollbackOnly = true;
        }

        @Override
        public void flush() {
            says("flush");
        }

        @Override
        public CommitResult commit() {
            says("commit");
            open--;
            return next(commits, new Committed());
        }

        @Override
        public void rollback() {
            says("rollback");
            open--;
        }
    }

    private final class Store implements IdempotencyStore {

        @Override
        public ClaimResult claim(Claim claim) {
            says("claim");
            claimed.add(claim);
            return next(claims, new Claimed());
        }

        @Override
        public void complete(Claim claim, StoredResponse response, Duration retention) {
            says("complete");
            if (!completions.isEmpty()) {
                completions.remove().run();
            }
            completed.add(claim);
            stored.add(response);
            retentions.add(retention);
        }

        @Override
        public ClaimFate fateOf(Claim claim) {
            says("fate");
            return next(fates, ClaimFate.UNDECIDED);
        }

        @Override
        public void hold(Claim claim) {
            says("hold");
            if (!holds.isEmpty()) {
                holds.remove().run();
            }
        }

        @Override
        public void recordSteps(Claim claim, Steps steps) {
            says("steps");
            if (!recordings.isEmpty()) {
                recordings.remove().run();
            }
            recorded.add(steps);
        }

        @Override
        public void release(Claim claim) {
            says("release");
            if (!releases.isEmpty()) {
                releases.remove().run();
            }
            released.add(claim);
        }

        @Override
        public int renew(Collection<Claim> claims) {
            says("renew");
            if (!renewals.isEmpty()) {
                renewals.remove().run();
            }
            renewed.addAll(claims);
            return renewedOnly.isEmpty() ? claims.size() : renewedOnly.remove();
        }

        @Override
        public int purge(int limit) {
            says("purge");
            return 0;
        }
    }
}
