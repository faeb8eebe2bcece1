package io.idempotency.examples.provider;

import io.idempotency.examples.provider.fake.FakeProviderApplication;
import org.springframework.boot.SpringApplication;

/** The provider on an embedded PostgreSQL of its own. */
public class LocalFakeProviderApplication {

    /**
     * Starts the provider.
     *
     * @param args properties as {@code --name=value}
     */
    public static void main(String[] args) {
        SpringApplication.from(FakeProviderApplication::main)
                .with(LocalDatabase.class)
                .run(args);
    }
}
