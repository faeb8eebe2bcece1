package io.idempotency.it;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * The application that the tests of the wire share; it is started once.
 *
 * <p>Where behaviour must be the same with and without the library, handlers are inherited by a controller under {@code /plain} and
 * by one under {@code /guarded}.
 */
@EnableAutoConfiguration
@Import({
    Journal.class,
    EchoHandlers.Plain.class,
    EchoHandlers.Guarded.class,
    AnswerHandlers.Plain.class,
    AnswerHandlers.Guarded.class,
    UnguardedHandlers.class,
    MappingHandlers.PerClass.class,
    MappingHandlers.PerInterface.class,
    MappingHandlers.Various.class,
    FingerprintHandlers.class,
    OutcomeHandlers.Plain.class,
    OutcomeHandlers.Guarded.class,
    CommitHandlers.class,
})
class WireApp {

    static final int MAX_REQUEST_BODY = 20_000;
    static final int MAX_RESPONSE_BODY = 30_000;

    /** Makes a filter before the library's ask for a parameter, as a CSRF check does. */
    static final String PARAMETER_READ_BEFORE = "X-Parameter-Read-Before";

    /** Stands in for an authentication. */
    static final String USER = "X-User";

    static RunningApp get() {
        return Holder.APP;
    }

    static RunningApp start(String... more) {
        String[] properties = new String[more.length + 6];
        System.arraycopy(more, 0, properties, 6, more.length);
        properties[0] = RunningApp.WITHOUT_SECURITY;
        properties[1] = "spring.profiles.active=" + WireController.PROFILE;
        properties[2] = "idempotency.request.max-body-size=" + MAX_REQUEST_BODY + "B";
        properties[3] = "idempotency.response.max-body-size=" + MAX_RESPONSE_BODY + "B";
        properties[4] = "idempotency.purge.enabled=false";
        properties[5] = "logging.level.org.apache.catalina.core=off";
        RunningApp app = RunningApp.start(WireApp.class, properties);
        app.jdbc().execute("CREATE TABLE effect (label text NOT NULL)");
        app.jdbc().execute("CREATE TABLE single (label text UNIQUE DEFERRABLE INITIALLY DEFERRED)");
        return app;
    }

    @Bean
    static ConnectionCounter connectionCounter() {
        return new ConnectionCounter();
    }

    /** Before the library's filter, as Spring Security's is. */
    @Bean
    FilterRegistrationBean<Filter> authenticatesByHeader() {
        FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>((request, response, chain) -> {
            HttpServletRequest http = (HttpServletRequest) request;
            String user = http.getHeader(USER);
            if (http.getHeader(PARAMETER_READ_BEFORE) != null) {
                http.getParameter("_csrf");
            }
            chain.doFilter(user == null ? http : new Authenticated(http, () -> user), response);
        });
        registration.setOrder(-100);
        return registration;
    }

    private static final class Authenticated extends HttpServletRequestWrapper {

        private final Principal principal;

        Authenticated(HttpServletRequest request, Principal principal) {
            super(request);
            this.principal = principal;
        }

        @Override
        public Principal getUserPrincipal() {
            return principal;
        }
    }

    private static final class Holder {
        static final RunningApp APP = start();
    }

    /** Counts the connections that are taken from the pool: without one there is no SQL. */
    static final class ConnectionCounter implements BeanPostProcessor {

        private final AtomicLong taken = new AtomicLong();

        long taken() {
            return taken.get();
        }

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            return bean instanceof DataSource dataSource ? counting(dataSource) : bean;
        }

        private Object counting(DataSource target) {
            return Proxy.newProxyInstance(
                    DataSource.class.getClassLoader(),
                    new Class<?>[] {DataSource.class},
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("getConnection")) {
                            taken.incrementAndGet();
                        }
                        try {
                            return method.invoke(target, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getTargetException();
                        }
                    });
        }
    }
}
