package io.idempotency.jdbc;

import io.idempotency.core.IdempotencyConfigurationException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The name of the library's table, checked so that it can stand in SQL as it is. */
public final class TableName {

    private static final Pattern PLAIN = Pattern.compile("(?:([a-z_][a-z0-9_]{0,62})\\.)?([a-z_][a-z0-9_]{0,47})");

    private final String qualified;
    private final @Nullable String schema;
    private final String simple;

    private TableName(String qualified, @Nullable String schema, String simple) {
        this.qualified = qualified;
        this.schema = schema;
        this.simple = simple;
    }

    /**
     * Checks a name.
     *
     * @param name a plain PostgreSQL identifier in lower case of at most 48 characters, optionally with a schema in front
     * @return the name
     * @throws IdempotencyConfigurationException if it is anything else
     */
    public static TableName of(String name) {
        Matcher parts = PLAIN.matcher(name);
        if (!parts.matches()) {
            throw new IdempotencyConfigurationException(
                    "'" + name + "' is not a name for the table of idempotency records.",
                    "Set idempotency.jdbc.table to 'name' or 'schema.name', in lower-case letters, digits and underscores,"
                            + " the name with at most 48 characters.");
        }
        return new TableName(name, parts.group(1), parts.group(2));
    }

    /**
     * The schema, where one is named.
     *
     * @return a plain identifier, or empty for whatever schema the connection uses
     */
    public Optional<String> schema() {
        return Optional.ofNullable(schema);
    }

    /**
     * The name without its schema: what names that belong to the table begin with.
     *
     * @return a plain identifier
     */
    public String simple() {
        return simple;
    }

    /** The name as it stands in SQL. */
    @Override
    public String toString() {
        return qualified;
    }
}
