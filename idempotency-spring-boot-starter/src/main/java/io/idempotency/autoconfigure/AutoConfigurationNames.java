package io.idempotency.autoconfigure;

/** Boot's auto-configurations that come first, under the names that they have in Boot 3.5 and in Boot 4. */
final class AutoConfigurationNames {

    static final String METRICS_3 =
            "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration";
    static final String METRICS_4 =
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration";
    static final String DATA_SOURCE_3 = "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration";
    static final String DATA_SOURCE_4 = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration";
    static final String JACKSON_3 = "org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration";
    static final String JACKSON_4 = "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration";
    static final String JACKSON_2_OF_4 = "org.springframework.boot.jackson2.autoconfigure.Jackson2AutoConfiguration";
    static final String SECURITY_3 =
            "org.springframework.boot.autoconfigure.security.servlet.SecurityFilterAutoConfiguration";
    static final String SECURITY_4 =
            "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration";

    private AutoConfigurationNames() {}
}
