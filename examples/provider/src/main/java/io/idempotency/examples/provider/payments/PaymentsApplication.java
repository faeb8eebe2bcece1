package io.idempotency.examples.provider.payments;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The service; it needs {@code spring.datasource.url}. */
@SpringBootApplication
public class PaymentsApplication {

    /**
     * Starts the service.
     *
     * @param args properties as {@code --name=value}
     */
    public static void main(String[] args) {
        SpringApplication.run(PaymentsApplication.class, args);
    }
}
