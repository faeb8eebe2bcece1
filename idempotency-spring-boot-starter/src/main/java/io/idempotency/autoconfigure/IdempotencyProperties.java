package io.idempotency.autoconfigure;

import io.idempotency.core.Takeover;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.util.unit.DataSize;

/**
 * What an application can configure. A property that does not exist fails the start, so that a typo does not go unnoticed.
 *
 * @param enabled Whether annotated controllers are guarded.
 * @param store Where records are kept: in the application's database, or in memory for tests and demonstrations.
 * @param retention How long a completed response is replayed, counted from its completion.
 * @param key The key that clients send.
 * @param replayHeader Response header field that marks a replayed answer.
 * @param documentationUri Where clients read about the rules; linked from every problem.
 * @param scope Whose key it is.
 * @param request What is accepted of a request.
 * @param response What is kept of a response.
 * @param inProgress What a duplicate of a running request gets.
 * @param recentCompletions Completed records that this node remembers for a moment.
 * @param lease Claims of handlers that cannot live inside one transaction.
 * @param abandonedKeys Keys whose attempts ended unsettled.
 * @param jdbc The store in the database.
 * @param purge Deleting records whose retention is over.
 * @param filter The filter around the controllers.
 */
@ConfigurationProperties(prefix = "idempotency", ignoreUnknownFields = false)
public record IdempotencyProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("jdbc") StoreType store,
        @DefaultValue("24h") Duration retention,
        @DefaultValue Key key,
        @DefaultValue("Idempotent-Replayed") String replayHeader,
        @Nullable URI documentationUri,
        @DefaultValue Scope scope,
        @DefaultValue Request request,
        @DefaultValue Response response,
        @DefaultValue InProgress inProgress,
        @DefaultValue RecentCompletions recentCompletions,
        @DefaultValue Lease lease,
        @DefaultValue AbandonedKeys abandonedKeys,
        @DefaultValue Jdbc jdbc,
        @DefaultValue Purge purge,
        @DefaultValue Filter filter) {

    /** Where records are kept. */
    public enum StoreType {
        /** In the application's PostgreSQL database, in the transaction of the business. */
        JDBC,
        /** In this process, for tests and demonstrations. */
        MEMORY
    }

    /** What happens to callers who are not authenticated. */
    public enum Anonymous {
        /** They share one scope. */
        ALLOW,
        /** They are answered with 401. */
        REFUSE
    }

    /** What is done about the table at start-up. */
    public enum SchemaMode {
        /** The library's migrations are run, in a history table of their own. */
        MIGRATE,
        /** The table and its columns must be there. */
        VALIDATE,
        /** The table must be there. */
        NONE
    }

    /**
     * The key that clients send.
     *
     * @param header Request header field that carries the key.
     * @param strict Whether a key must be a quoted structured-field string.
     */
    public record Key(
            @DefaultValue("Idempotency-Key") String header,
            @DefaultValue("false") boolean strict) {}

    /**
     * Whose key it is.
     *
     * @param anonymous Whether callers who are not authenticated may use keys; by default they may where Spring Security is absent.
     */
    public record Scope(@Nullable Anonymous anonymous) {}

    /**
     * What is accepted of a request.
     *
     * @param maxBodySize Largest body that a guarded request may have.
     */
    public record Request(@DefaultValue("1MB") DataSize maxBodySize) {}

    /**
     * What is kept of a response.
     *
     * @param maxBodySize Largest body that is kept; a larger one is delivered once and never executed again.
     * @param replayHeaders Response header fields that are kept and replayed.
     * @param releaseStatuses Answers that are not kept, so that a retry executes again: statuses, or classes of them as 5xx.
     */
    public record Response(
            @DefaultValue("1MB") DataSize maxBodySize,

            @DefaultValue({
                "Content-Type",
                "Content-Language",
                "Content-Disposition",
                "Content-Location",
                "Location",
                "ETag",
                "Last-Modified",
                "Link"
            })
            List<String> replayHeaders,

            @DefaultValue({"401", "403", "408", "423", "425", "429", "5xx"})
            List<String> releaseStatuses) {}

    /**
     * What a duplicate of a running request gets.
     *
     * @param waitFor How long a duplicate waits for the first request, to replay its answer, before it is answered with 409.
     * @param retryAfter When a client is told to ask again, in whole seconds at least one.
     */
    public record InProgress(
            @Name("wait") @DefaultValue("0s") Duration waitFor,
            @DefaultValue("1s") Duration retryAfter) {}

    /**
     * Completed records that this node remembers for a moment.
     *
     * @param enabled Whether they are remembered, so that a storm of retries does not reach the database.
     * @param maxSize Most memory that they take.
     * @param maxAge Longest time until the database is asked again.
     */
    public record RecentCompletions(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("16MB") DataSize maxSize,
            @DefaultValue("10s") Duration maxAge) {}

    /**
     * Claims of handlers that cannot live inside one transaction.
     *
     * @param duration How long an unsettled claim is honoured when its node does not renew it any more.
     * @param maxLifetime How long a claim is renewed at most.
     * @param renewalInterval How often a node looks for claims to renew; a lease lasts three times as long at least.
     * @param onTakeover What a retry gets when a lease has ended before the handler was finished.
     */
    public record Lease(
            @DefaultValue("30s") Duration duration,
            @DefaultValue("10m") Duration maxLifetime,
            @DefaultValue("1s") Duration renewalInterval,
            @DefaultValue("refuse") Takeover onTakeover) {}

    /**
     * Keys whose attempts ended unsettled.
     *
     * @param enabled Whether they can be found and resolved, by a bean and by an actuator endpoint.
     */
    public record AbandonedKeys(@DefaultValue("false") boolean enabled) {}

    /**
     * The store in the database.
     *
     * @param schema What is done about the table at start-up.
     * @param table Name of the table, optionally with a schema in front.
     * @param transactionManager Bean name of the transaction manager, where there are several.
     * @param dataSource Bean name of the DataSource, where there are several.
     */
    public record Jdbc(
            @DefaultValue("migrate") SchemaMode schema,
            @DefaultValue("idempotency_record") String table,
            @Nullable String transactionManager,
            @Nullable String dataSource) {}

    /**
     * Deleting records whose retention is over.
     *
     * @param enabled Whether this node deletes them.
     * @param interval Time between two rounds.
     * @param batchSize Records deleted in one transaction.
     */
    public record Purge(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("1m") Duration interval,
            @DefaultValue("1000") int batchSize) {}

    /**
     * The filter around the controllers.
     *
     * @param order Order of the filter; must be behind Spring Security's.
     */
    public record Filter(@DefaultValue("-50") int order) {}
}
