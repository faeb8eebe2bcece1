package io.idempotency.benchmarks;

import io.idempotency.jdbc.PostgresSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;

/** The library's own table, for where there is no application that would make it. */
final class Migration {

    private Migration() {}

    static String sql() {
        try {
            return new ClassPathResource(PostgresSchema.MIGRATIONS + "/V1__idempotency_record.sql")
                    .getContentAsString(StandardCharsets.UTF_8)
                    .replace("${table}", "idempotency_record")
                    .replace("${index}", "idempotency_record");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
