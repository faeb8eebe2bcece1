package io.idempotency.autoconfigure;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Keeps Boot 3.5 from migrating the application's schema just because this library brought Flyway along for its own table.
 *
 * <p>There, Flyway on the class path alone switches its auto-configuration on, which refuses a schema that another tool filled. It is
 * left out if the application has no migrations where they are by default, and says nothing about {@code spring.flyway}. On Boot 4
 * that auto-configuration is a module that an application adds on purpose, and is left alone.
 */
final class FlywayStaysOptional implements AutoConfigurationImportFilter, EnvironmentAware {

    private static final String FLYWAY = "org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration";
    private static final String DEFAULT_LOCATION = "classpath*:db/migration/**/*";

    private @Nullable Environment environment;

    @Override
    public void setEnvironment(Environment environment) {
        this.environment = environment;
    }

    @Override
    public boolean[] match(@Nullable String[] candidates, AutoConfigurationMetadata metadata) {
        boolean[] matches = new boolean[candidates.length];
        Arrays.fill(matches, true);
        for (int i = 0; i < candidates.length; i++) {
            if (FLYWAY.equals(candidates[i])) {
                matches[i] = isUsedByApplication();
            }
        }
        return matches;
    }

    private boolean isUsedByApplication() {
        boolean configured = environment == null
                || Binder.get(environment)
                        .bind("spring.flyway", Bindable.mapOf(String.class, Object.class))
                        .map(Map::isEmpty)
                        .map(empty -> !empty)
                        .orElse(false);
        return configured || hasMigrations();
    }

    private static boolean hasMigrations() {
        try {
            return new PathMatchingResourcePatternResolver().getResources(DEFAULT_LOCATION).length > 0;
        } catch (IOException e) {
            return true;
        }
    }
}
