package io.idempotency.it;

import io.idempotency.jdbc.testing.PostgresUnderTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** An application on a real Tomcat and a PostgreSQL database of its own, and what a client needs to talk to it. */
final class RunningApp implements AutoCloseable {

    static final String JSON = "application/json";
    static final String KEY = "Idempotency-Key";
    static final String REPLAYED = "Idempotent-Replayed";

    /** A module that an application of Boot 4 adds on purpose, and that is on the class path of all tests. */
    private static final String FLYWAY_MODULE =
            ",org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration";

    /** Security is on the class path of all tests; an application that has none leaves it out, on either line of Boot. */
    static final String WITH_FLYWAY_AND_WITHOUT_SECURITY = "spring.autoconfigure.exclude="
            + String.join(
                    ",",
                    "org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration",
                    "org.springframework.boot.autoconfigure.security.servlet.SecurityFilterAutoConfiguration",
                    "org.springframework.boot.autoconfigure.security.servlet.UserDetailsServiceAutoConfiguration",
                    "org.springframework.boot.actuate.autoconfigure.security.servlet.ManagementWebSecurityAutoConfiguration",
                    "org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration",
                    "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration",
                    "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration",
                    "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
                    "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration");

    /** What most applications are: neither Security nor Flyway of their own. */
    static final String WITHOUT_SECURITY = WITH_FLYWAY_AND_WITHOUT_SECURITY + FLYWAY_MODULE;

    /** For what only the table can prove, or is told by editing it: every replay is read from the database. */
    static final String WITHOUT_RECENT_COMPLETIONS = "idempotency.recent-completions.enabled=false";

    private final ConfigurableApplicationContext context;
    private final HttpClient client = HttpClient.newHttpClient();

    private RunningApp(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts an application on a new database; properties are given as {@code name=value}. */
    static RunningApp start(Class<?> source, String... properties) {
        return start(PostgresUnderTest.newDatabase().url(), source, properties);
    }

    /** Starts another node of an application on a database that is there. */
    static RunningApp start(String databaseUrl, Class<?> source, String... properties) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--spring.datasource.url=" + databaseUrl,
                "--spring.main.banner-mode=off",
                "--spring.jmx.enabled=false"));
        for (String property : properties) {
            arguments.add("--" + property);
        }
        return new RunningApp(new SpringApplicationBuilder(source)
                .initializers(context ->
                        context.getBeanFactory().registerSingleton("otherTests", new OtherTests(source.getName())))
                .run(arguments.toArray(String[]::new)));
    }

    /** Keeps what other tests declare out of an application that scans its package. */
    private static final class OtherTests extends TypeExcludeFilter {

        private final String test;

        OtherTests(String source) {
            this.test = outermost(source);
        }

        private static String outermost(String type) {
            return type.replaceFirst("\\$.*", "");
        }

        @Override
        public boolean match(MetadataReader reader, MetadataReaderFactory factory) {
            String found = outermost(reader.getClassMetadata().getClassName());
            return found.endsWith("Test") && !found.equals(test);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof OtherTests that && test.equals(that.test);
        }

        @Override
        public int hashCode() {
            return test.hashCode();
        }
    }

    static String newKey() {
        return UUID.randomUUID().toString();
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    JdbcTemplate jdbc() {
        return context.getBean(JdbcTemplate.class);
    }

    int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port() + path));
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Posts JSON; the headers are given as names and values in turn. */
    HttpResponse<String> post(String path, String key, String json, String... headers) {
        HttpRequest.Builder request =
                request(path).header("Content-Type", JSON).header(KEY, key).POST(BodyPublishers.ofString(json));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET().build());
    }

    long recordCount() {
        Long count = jdbc().queryForObject("SELECT count(*) FROM idempotency_record", Long.class);
        return count == null ? 0 : count;
    }

    @Override
    public void close() {
        context.close();
    }
}
