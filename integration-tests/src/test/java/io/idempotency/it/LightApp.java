package io.idempotency.it;

import com.zaxxer.hikari.HikariDataSource;
import io.idempotency.autoconfigure.IdempotencyProperties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.ClassUtils;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** An application without a server, for what is decided before the first request. */
final class LightApp {

    static final String MEMORY = "idempotency.store=memory";

    private LightApp() {}

    /** An application with Spring MVC and the library, and nothing else. */
    static WebApplicationContextRunner runner() {
        return new WebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        autoConfiguration("IdempotencyAutoConfiguration"),
                        autoConfiguration("IdempotencyWebAutoConfiguration")))
                .withUserConfiguration(Mvc.class);
    }

    private static Class<?> autoConfiguration(String name) {
        return ClassUtils.resolveClassName(
                "io.idempotency.autoconfigure." + name, IdempotencyProperties.class.getClassLoader());
    }

    /** The same on a database. */
    static WebApplicationContextRunner on(String databaseUrl) {
        return runner().withBean("dataSource", HikariDataSource.class, () -> dataSource(databaseUrl))
                .withUserConfiguration(Transactions.class);
    }

    static HikariDataSource dataSource(String url) {
        HikariDataSource dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(url);
        dataSource.setMaximumPoolSize(2);
        return dataSource;
    }

    /** What Boot tells about a failed start: the first of its analyzers, in their order, that has something to say. */
    static FailureAnalysis diagnose(Throwable failure) {
        ArgumentResolver arguments = ArgumentResolver.of(BeanFactory.class, new DefaultListableBeanFactory())
                .and(Environment.class, new StandardEnvironment());
        return SpringFactoriesLoader.forDefaultResourceLocation()
                .load(FailureAnalyzer.class, arguments, FailureHandler.handleMessage((message, e) -> {}))
                .stream()
                .map(analyzer -> analyze(analyzer, failure))
                .filter(analysis -> analysis != null)
                .findFirst()
                .orElseThrow(() -> new AssertionError("Nobody can explain the failure.", failure));
    }

    /** Boot passes over analyzers that fail, as those do that look for classes that an application does not have. */
    private static @Nullable FailureAnalysis analyze(FailureAnalyzer analyzer, Throwable failure) {
        try {
            return analyzer.analyze(failure);
        } catch (Exception | LinkageError e) {
            return null;
        }
    }

    @EnableWebMvc
    static class Mvc {}

    static class Transactions {

        @Bean
        PlatformTransactionManager transactionManager(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }
    }
}
