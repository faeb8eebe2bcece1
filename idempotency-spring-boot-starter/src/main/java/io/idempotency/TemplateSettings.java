package io.idempotency;

import io.idempotency.core.IdempotencyKey;
import io.idempotency.core.IdempotentRequest;
import io.idempotency.core.KeyScope;
import io.idempotency.core.Lease;
import io.idempotency.core.LengthPrefixedDigest;
import io.idempotency.core.RecordKey;
import io.idempotency.core.RequestFingerprint;
import io.idempotency.core.TransactionSettings;
import io.idempotency.core.TransactionSettings.Isolation;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a template asks for with each of its calls. */
record TemplateSettings(
        Duration retention,
        Lease lease,
        Duration shortestLease,
        boolean isLeased,
        TransactionSettings transaction,
        @Nullable Object request) {

    private static final Duration SHORTEST_RETENTION = Duration.ofMillis(1);
    private static final Duration LONGEST_RETENTION = Duration.ofDays(36_500);

    /** The scope of no request over HTTP begins so. */
    private static final String SCOPE = "\0operation";

    /** Where nothing is said about the request, nothing can contradict it. */
    private static final byte NOTHING_ASKED = 0;

    private static final byte ALGORITHM = 1;

    static TemplateSettings transactional(Duration retention, Lease lease, Duration shortestLease) {
        return new TemplateSettings(
                retention, lease, shortestLease, false, new TransactionSettings(Isolation.DEFAULT, null), null);
    }

    TemplateSettings withRetention(Duration chosen) {
        if (chosen.compareTo(SHORTEST_RETENTION) < 0 || chosen.compareTo(LONGEST_RETENTION) > 0) {
            throw new IllegalArgumentException("A result cannot be kept for " + chosen
                    + ": choose a positive duration of at most 36500d, longer than anybody goes on repeating.");
        }
        Lease kept = new Lease(lease.duration(), lease.lifetime(), chosen, lease.onTakeover());
        return new TemplateSettings(chosen, kept, shortestLease, isLeased, transaction, request);
    }

    TemplateSettings leased(Lease chosen) {
        if (chosen.duration().compareTo(shortestLease) < 0 || chosen.duration().compareTo(chosen.lifetime()) > 0) {
            throw new IllegalArgumentException("A lease of " + chosen.duration()
                    + " cannot be kept: choose a duration between " + shortestLease
                    + ", three times idempotency.lease.renewal-interval, and " + chosen.lifetime()
                    + ", which is its lifetime.");
        }
        return new TemplateSettings(retention, chosen, shortestLease, true, transaction, request);
    }

    TemplateSettings withTransaction(TransactionSettings chosen) {
        return new TemplateSettings(retention, lease, shortestLease, isLeased, chosen, request);
    }

    TemplateSettings withRequest(Object content) {
        return new TemplateSettings(retention, lease, shortestLease, isLeased, transaction, content);
    }

    IdempotentRequest call(String operation, IdempotencyKey key, ResultMapper mapper) {
        return new IdempotentRequest(
                RecordKey.of(new KeyScope(List.of(SCOPE, operation)), key),
                fingerprint(operation, mapper),
                transaction,
                retention,
                status -> true,
                isLeased ? lease : null);
    }

    private RequestFingerprint fingerprint(String operation, ResultMapper mapper) {
        LengthPrefixedDigest digest = new LengthPrefixedDigest().field(operation);
        return request == null
                ? RequestFingerprint.of(NOTHING_ASKED, digest.digest())
                : RequestFingerprint.of(
                        ALGORITHM, digest.field(mapper.write(request)).digest());
    }
}
