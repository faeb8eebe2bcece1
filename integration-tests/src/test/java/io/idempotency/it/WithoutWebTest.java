package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.idempotency.IdempotencyTemplate;
import io.idempotency.autoconfigure.IdempotencyProperties;
import io.idempotency.jdbc.testing.PostgresUnderTest;
import java.net.URLClassLoader;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.ClassUtils;

/** Applications that are no web applications. */
@Timeout(120)
class WithoutWebTest {

    /** What a batch job or a listener need not have: a container, Security, JSON, meters, JPA. */
    private static final Pattern OF_WEB_APPLICATIONS =
            Pattern.compile("tomcat|servlet|security|spring-boot-(jackson|webmvc|health|data|jpa|persistence)"
                    + "|micrometer-(core|registry)|actuator|hibernate|spring-(data|orm)");

    @Test
    void nothingOfTheWebIsStarted() {
        try (ServiceApp app = ServiceApp.start(App.class)) {
            assertThat(app.bean(IdempotencyTemplate.class)).isNotNull();
            assertThat(app.context().getBeanDefinitionNames())
                    .doesNotContain("idempotentEndpoints", "idempotencyFilter", "idempotencyInterceptors");
        }
    }

    @Test
    void applicationThatIsSwitchedOffHasNoTemplate() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        autoConfiguration("IdempotencyAutoConfiguration"),
                        autoConfiguration("IdempotencyWebAutoConfiguration")))
                .withPropertyValues("idempotency.enabled=false")
                .run(app -> {
                    assertThat(app).hasNotFailed().doesNotHaveBean(IdempotencyTemplate.class);
                    assertThat(app.getBeanDefinitionNames()).noneMatch(name -> name.contains("dempotency"));
                });
    }

    private static Class<?> autoConfiguration(String name) {
        return ClassUtils.resolveClassName(
                "io.idempotency.autoconfigure." + name, IdempotencyProperties.class.getClassLoader());
    }

    @Test
    void jarsOfWebApplicationsAreNotNeeded() throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader bare = withoutWeb()) {
            assertThat(ClassUtils.isPresent("jakarta.servlet.Filter", bare)).isFalse();
            Thread.currentThread().setContextClassLoader(bare);

            Object runs = bare.loadClass(Job.class.getName())
                    .getMethod("run", String.class)
                    .invoke(null, PostgresUnderTest.newDatabase().url());

            assertThat(runs).isEqualTo(1);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static URLClassLoader withoutWeb() {
        return TestClassPath.loader(TestClassPath.entries().stream()
                .filter(entry -> !OF_WEB_APPLICATIONS
                        .matcher(entry.getFileName().toString())
                        .find())
                .toList());
    }

    @EnableAutoConfiguration
    static class App {}

    /** Loaded by a class loader of its own. */
    public static final class Job {

        private Job() {}

        /** Runs work twice under one key, and says how often it ran. */
        public static int run(String databaseUrl) {
            int[] runs = new int[1];
            try (ServiceApp app = ServiceApp.start(databaseUrl, App.class)) {
                for (int call = 0; call < 2; call++) {
                    app.template().executeWithoutResult("jobs.nightly", "2026-03-01", () -> runs[0]++);
                }
            }
            return runs[0];
        }
    }
}
