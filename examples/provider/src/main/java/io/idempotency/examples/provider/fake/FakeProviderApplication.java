package io.idempotency.examples.provider.fake;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** The provider; it needs {@code spring.datasource.url}, another one than the service's. */
@SpringBootApplication
public class FakeProviderApplication {

    /**
     * Starts the provider with the properties of {@code provider.yml}.
     *
     * @param args properties as {@code --name=value}
     */
    public static void main(String[] args) {
        new SpringApplicationBuilder(FakeProviderApplication.class)
                .properties("spring.config.name=provider")
                .run(args);
    }
}
