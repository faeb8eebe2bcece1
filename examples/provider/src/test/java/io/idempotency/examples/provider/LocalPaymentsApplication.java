package io.idempotency.examples.provider;

import io.idempotency.examples.provider.payments.PaymentsApplication;
import java.io.IOException;
import org.springframework.boot.SpringApplication;

/** The service on an embedded PostgreSQL, or on the one of {@code spring.datasource.url}: nothing to install. */
public class LocalPaymentsApplication {

    static final String PID_FILE = "payments.pid";

    /**
     * Starts the service.
     *
     * @param args properties as {@code --name=value}
     * @throws IOException if the directory cannot be written
     */
    public static void main(String[] args) throws IOException {
        LocalDatabase.writeProcessId(PID_FILE);
        SpringApplication.from(PaymentsApplication::main)
                .with(LocalDatabase.class)
                .run(args);
    }
}
