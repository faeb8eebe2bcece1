package io.idempotency.benchmarks.application;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The service without the library, whose pool is opened at the start, as migrations, JPA and health checks do. */
@Configuration(proxyBeanMethods = false)
@Import(NoLibrary.class)
public final class OpensItsPool {

    @Bean
    SmartInitializingSingleton openPool(DataSource dataSource) {
        return () -> {
            try (Connection connection = dataSource.getConnection()) {
                connection.isValid(1);
            } catch (SQLException e) {
                throw new IllegalStateException("The database cannot be reached.", e);
            }
        };
    }
}
