package io.idempotency;

import io.idempotency.core.ExecutionMode;
import io.idempotency.core.Takeover;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.transaction.annotation.Isolation;

/**
 * Makes a controller's endpoint safe to retry: a request that is sent twice with the same {@code Idempotency-Key} has its effect
 * once, and is answered with the first answer.
 *
 * <p>On a method, it guards that method. On a class, it guards the methods for {@code POST}, {@code PUT}, {@code PATCH} and
 * {@code DELETE} and leaves the safe ones alone. On an interface's method it counts for the implementation, and it can be put on
 * an annotation of your own. The handler runs inside the library's transaction: what is {@code @Transactional} inside joins it.
 *
 * <p>A handler that calls other systems or answers asynchronously is given a lease in the place of a transaction, with
 * {@code mode = LEASED}. It can ask for an {@link IdempotencyContext} as a parameter.
 *
 * <p>Handlers that answer asynchronously without a lease, streaming and reactive ones, and methods for {@code GET}, {@code HEAD},
 * {@code OPTIONS} or {@code TRACE} alone, are refused at start-up.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/07/">draft-07, The Idempotency-Key HTTP
 *     Header Field</a>
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Idempotent {

    /**
     * Whether a request without a key is refused with 400. If not, it is executed without protection, and counted.
     *
     * @return true by default
     */
    boolean required() default true;

    /**
     * How long a completed response is replayed, counted from its completion, as {@code 24h} or {@code ${orders.retention}}.
     *
     * @return a positive duration in Boot's style; empty for {@code idempotency.retention}
     */
    String retention() default "";

    /**
     * How the claim on the key is held while the handler runs.
     *
     * @return by a transaction by default
     */
    ExecutionMode mode() default ExecutionMode.TRANSACTIONAL;

    /**
     * How long an unsettled claim is honoured when its node does not renew it any more, as {@code 30s}; in leased mode only.
     *
     * @return a positive duration in Boot's style; empty for {@code idempotency.lease.duration}
     */
    String lease() default "";

    /**
     * What a retry gets when the lease has ended before the handler was finished; in leased mode only.
     *
     * @return one of them; empty for {@code idempotency.lease.on-takeover}
     */
    Takeover[] onTakeover() default {};

    /**
     * How long the whole transaction may take, in whole seconds at least, as {@code 10s}. What is {@code @Transactional} inside
     * cannot set it, because it joins. In leased mode: how long each step, and the last transaction, may take.
     *
     * @return a positive duration in Boot's style; empty for the transaction manager's default
     */
    String timeout() default "";

    /**
     * The isolation of the whole transaction. What is {@code @Transactional} inside cannot set it, because it joins. In leased mode:
     * that of each step, and of the last transaction.
     *
     * @return the connection's own isolation by default
     */
    Isolation isolation() default Isolation.DEFAULT;

    /**
     * Members of a JSON body that do not tell one request from another, as {@code /clientTimestamp}.
     *
     * @return JSON pointers (RFC 6901)
     */
    String[] ignore() default {};

    /**
     * Whether JSON and forms are compared byte by byte instead of by meaning. Multipart bodies are always compared by their parts,
     * since their boundary is random.
     *
     * @return false by default
     */
    boolean rawBody() default false;

    /**
     * Request header fields that tell one request from another, besides method, path, query, content type and body.
     *
     * @return names of header fields
     */
    String[] fingerprintHeaders() default {};

    /**
     * Answers that are not kept: their effect is rolled back and a retry executes again. A status as {@code 409}, or a class of
     * them as {@code 5xx}.
     *
     * @return instead of {@code idempotency.response.release-statuses}; empty for those
     */
    String[] releaseStatuses() default {};
}
