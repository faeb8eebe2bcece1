package io.idempotency.it;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.filter.ShallowEtagHeaderFilter;

/** Two nodes on one database whose handlers answer later; they are started once. */
@EnableAutoConfiguration
@Import({Journal.class, AsyncHandlers.class, TimeoutHandlers.class, ManualAsyncHandlers.class})
class AsyncApp {

    /** Makes a filter outside of the guard keep the body until the request is over. */
    static final String KEPT_OUTSIDE = "X-Kept-Outside";

    /** A value of the headers that make a filter fail; another one names a gate of the journal to wait for before. */
    static final String AT_ONCE = "at once";

    /** Makes a filter outside of the guard fail when the handler has returned. */
    static final String FAILS_OUTSIDE = "X-Fails-Outside";

    /** Makes a filter inside of the guard fail when the handler has returned. */
    static final String FAILS_INSIDE = "X-Fails-Inside";

    static final RunningApp APP = RunningApp.start(AsyncApp.class, properties());
    static final RunningApp OTHER;

    static {
        APP.jdbc().execute("CREATE TABLE effect (label text NOT NULL)");
        OTHER = RunningApp.start(
                APP.context().getEnvironment().getRequiredProperty("spring.datasource.url"),
                AsyncApp.class,
                properties());
    }

    private static String[] properties() {
        return new String[] {
            RunningApp.WITHOUT_SECURITY,
            RunningApp.WITHOUT_RECENT_COMPLETIONS,
            "spring.profiles.active=" + WireController.PROFILE,
            "idempotency.lease.renewal-interval=50ms",
            "idempotency.lease.on-takeover=execute",
            "idempotency.purge.enabled=false",
            "logging.level.org.apache.catalina.core=off"
        };
    }

    @Bean
    FilterRegistrationBean<Filter> keepsTheBody() {
        FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(new ShallowEtagHeaderFilter() {
            @Override
            protected boolean shouldNotFilter(HttpServletRequest request) {
                return request.getHeader(KEPT_OUTSIDE) == null;
            }
        });
        registration.setAsyncSupported(true);
        registration.setOrder(-100);
        return registration;
    }

    @Bean
    FilterRegistrationBean<Filter> failsOutside(Journal journal) {
        FilterRegistrationBean<Filter> registration = failing(FAILS_OUTSIDE, journal);
        registration.setOrder(-100);
        return registration;
    }

    @Bean
    FilterRegistrationBean<Filter> failsInside(Journal journal) {
        return failing(FAILS_INSIDE, journal);
    }

    private static FilterRegistrationBean<Filter> failing(String header, Journal journal) {
        FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>((request, response, chain) -> {
            chain.doFilter(request, response);
            String when = ((HttpServletRequest) request).getHeader(header);
            if (when != null) {
                if (!when.equals(AT_ONCE)) {
                    journal.await(when);
                }
                throw new IllegalStateException("a filter failed");
            }
        });
        registration.setName(header);
        registration.setAsyncSupported(true);
        return registration;
    }

    /** Lets the leases of a database end now, as if their nodes had died a while ago. */
    static void endLeases() {
        APP.jdbc()
                .update("UPDATE idempotency_record SET lease_until = now() - interval '1 second',"
                        + " expires_at = now() + interval '1 day' WHERE completed_at IS NULL");
    }

    static RawRequest post(String path, String key) {
        return RawRequest.post(path).key(key).json("{\"a\":1}");
    }

    static int runs(String key) {
        return APP.bean(Journal.class).runs(key) + OTHER.bean(Journal.class).runs(key);
    }
}
