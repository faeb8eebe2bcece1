package io.idempotency.examples.payments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;

/** The service on an embedded PostgreSQL, or on the one of {@code spring.datasource.url}: nothing to install. */
public class LocalPaymentsApplication {

    /** System property that names the directory for the embedded server's data and this process's id. */
    static final String DIRECTORY = "payments.local-directory";

    static final String PID_FILE = "payments.pid";

    /**
     * Starts the service; payments can be slow on request.
     *
     * @param args properties as {@code --name=value}
     * @throws IOException if the directory cannot be written
     */
    public static void main(String[] args) throws IOException {
        Files.createDirectories(directory());
        Files.writeString(
                directory().resolve(PID_FILE),
                Long.toString(ProcessHandle.current().pid()));
        SpringApplication.from(PaymentsApplication::main).with(Database.class).run(slowOnRequest(args));
    }

    private static Path directory() {
        return Path.of(System.getProperty(DIRECTORY, "target")).toAbsolutePath();
    }

    private static String[] slowOnRequest(String[] args) {
        String[] all = new String[args.length + 1];
        all[0] = "--payments.slow-on-request=true";
        System.arraycopy(args, 0, all, 1, args.length);
        return all;
    }

    /** No {@code @Configuration}: the service's component scan would find it in every test. */
    @ConditionalOnProperty(name = "spring.datasource.url", havingValue = "embedded", matchIfMissing = true)
    static class Database {

        @Bean
        LocalPostgres localPostgres() throws IOException {
            return LocalPostgres.startOrReuse(directory().resolve("local-postgres"));
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
}
