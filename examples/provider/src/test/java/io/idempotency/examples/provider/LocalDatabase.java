package io.idempotency.examples.provider;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;

/** An embedded PostgreSQL for each of the two applications, as each has a database of its own. */
@ConditionalOnProperty(name = "spring.datasource.url", havingValue = "embedded", matchIfMissing = true)
class LocalDatabase {

    /** System property that names the directory for the servers' data and the processes' ids. */
    static final String DIRECTORY = "example.local-directory";

    private static Path directory() {
        return Path.of(System.getProperty(DIRECTORY, "target")).toAbsolutePath();
    }

    /** Writes down whom to kill. */
    static void writeProcessId(String file) throws IOException {
        Files.createDirectories(directory());
        Files.writeString(
                directory().resolve(file), Long.toString(ProcessHandle.current().pid()));
    }

    @Bean
    LocalPostgres localPostgres(@Value("${spring.application.name}") String application) throws IOException {
        return LocalPostgres.startOrReuse(directory().resolve(application + "-postgres"));
    }

    @Bean
    JdbcConnectionDetails localConnection(LocalPostgres server) {
        return new JdbcConnectionDetails() {

            @Override
            public String getUsername() {
                return LocalPostgres.USER;
            }

            @Override
            public String getPassword() {
                return "";
            }

            @Override
            public String getJdbcUrl() {
                return server.url();
            }
        };
    }
}
