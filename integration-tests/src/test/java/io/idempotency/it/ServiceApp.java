package io.idempotency.it;

import io.idempotency.IdempotencyTemplate;
import io.idempotency.jdbc.testing.PostgresUnderTest;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** An application without a web server, on a PostgreSQL database of its own. */
final class ServiceApp implements AutoCloseable {

    private final String databaseUrl;
    private final ConfigurableApplicationContext context;

    private ServiceApp(String databaseUrl, ConfigurableApplicationContext context) {
        this.databaseUrl = databaseUrl;
        this.context = context;
    }

    /** Starts an application on a new database; properties are given as {@code name=value}. */
    static ServiceApp start(Class<?> source, String... properties) {
        return start(PostgresUnderTest.newDatabase().url(), source, properties);
    }

    /** Starts an application on a database that is there. */
    static ServiceApp start(String databaseUrl, Class<?> source, String... properties) {
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.datasource.url=" + databaseUrl,
                "--spring.main.banner-mode=off",
                "--spring.jmx.enabled=false",
                "--" + RunningApp.WITHOUT_SECURITY));
        for (String property : properties) {
            arguments.add("--" + property);
        }
        return new ServiceApp(
                databaseUrl,
                new SpringApplicationBuilder(source)
                        .web(WebApplicationType.NONE)
                        .run(arguments.toArray(String[]::new)));
    }

    /** Starts another node on the same database. */
    ServiceApp otherNode(Class<?> source, String... properties) {
        return start(databaseUrl, source, properties);
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    IdempotencyTemplate template() {
        return bean(IdempotencyTemplate.class);
    }

    JdbcTemplate jdbc() {
        return bean(JdbcTemplate.class);
    }

    /** A table for what work does, and what it holds. */
    void createEffects() {
        jdbc().execute("CREATE TABLE effect (id bigint GENERATED ALWAYS AS IDENTITY, what text UNIQUE)");
    }

    void effect(String what) {
        jdbc().update("INSERT INTO effect (what) VALUES (?)", what);
    }

    List<String> effects() {
        return jdbc().queryForList("SELECT what FROM effect ORDER BY id", String.class);
    }

    @Override
    public void close() {
        context.close();
    }
}
