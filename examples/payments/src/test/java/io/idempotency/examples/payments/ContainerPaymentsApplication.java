package io.idempotency.examples.payments;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.annotation.Bean;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The service on a PostgreSQL in Docker. */
public class ContainerPaymentsApplication {

    /**
     * Starts the container and the service.
     *
     * @param args properties as {@code --name=value}
     */
    public static void main(String[] args) {
        SpringApplication.from(PaymentsApplication::main).with(Database.class).run(args);
    }

    /** No {@code @Configuration}: the service's component scan would find it in every test. */
    static class Database {

        @Bean
        @ServiceConnection
        PostgreSQLContainer postgres() {
            return new PostgreSQLContainer("postgres:18");
        }
    }
}
