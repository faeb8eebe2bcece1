package io.idempotency.autoconfigure;

import io.idempotency.jdbc.PostgresSchema;
import io.idempotency.jdbc.TableName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * What Flyway has written down about the library's migrations, read without Flyway.
 *
 * <p>It is believed only where it says what Flyway would leave as it is: every file of this release, successful and with the checksum
 * that the file has, and nothing else. Whatever differs is Flyway's to judge: an edited file, a failed migration, a newer release.
 */
final class MigrationHistory {

    private static final String FILES = "classpath*:" + PostgresSchema.MIGRATIONS + "/*";

    private static final Pattern VERSIONED = Pattern.compile("V([0-9]+)__(\\w+)\\.sql");

    /** Flyway looks into one schema, not along the search path. */
    private static final String NAME = """
            SELECT quote_ident(nspname) || '.' || quote_ident(relname)
            FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
            WHERE nspname = coalesce(?, current_schema()) AND relname = ?
            """;

    /** A line for each entry, but for version 0, which stands for what was in the schema before. */
    private static final String ENTRIES = """
            SELECT concat_ws('|', version, description, type, script, checksum, success)
            FROM %s
            WHERE NOT (type = 'BASELINE' AND version = '0' AND success)
            """;

    private final JdbcOperations jdbc;

    MigrationHistory(JdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    static String nameFor(TableName table) {
        return table.simple() + "_history";
    }

    /** Whether there is nothing left to do for Flyway. In any doubt there is. */
    boolean isComplete(TableName table) {
        try {
            List<String> names =
                    jdbc.queryForList(NAME, String.class, table.schema().orElse(null), nameFor(table));
            if (names.size() != 1) {
                return false;
            }
            List<String> entries = jdbc.queryForList(ENTRIES.formatted(names.get(0)), String.class);
            Resource[] files =
                    new PathMatchingResourcePatternResolver(getClass().getClassLoader()).getResources(FILES);
            return files.length > 0 && entries.size() == files.length && entries.containsAll(entriesOf(files));
        } catch (DataAccessException | IOException e) {
            return false;
        }
    }

    private static List<String> entriesOf(Resource[] files) throws IOException {
        List<String> entries = new ArrayList<>();
        for (Resource file : files) {
            Matcher name = VERSIONED.matcher(String.valueOf(file.getFilename()));
            if (!name.matches()) {
                throw new IOException(file + " is not named as a versioned migration.");
            }
            String description = name.group(2).replace('_', ' ');
            entries.add(String.join(
                    "|", name.group(1), description, "SQL", name.group(), Integer.toString(checksum(file)), "t"));
        }
        return entries;
    }

    /** As Flyway computes it: over the lines, whichever way they end. */
    private static int checksum(Resource file) throws IOException {
        CRC32 checksum = new CRC32();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                checksum.update(line.getBytes(StandardCharsets.UTF_8));
            }
        }
        return (int) checksum.getValue();
    }
}
