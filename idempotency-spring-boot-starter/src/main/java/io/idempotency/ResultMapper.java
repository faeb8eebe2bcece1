package io.idempotency;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Writes results as JSON and reads them back, as the application does with its own bodies. Implementations are thread-safe. */
public interface ResultMapper {

    /**
     * Writes a result.
     *
     * @param result the result, or null
     * @return JSON in UTF-8
     * @throws RuntimeException if it cannot be written
     */
    byte[] write(@Nullable Object result);

    /**
     * Reads a result.
     *
     * @param json what {@link #write} wrote, perhaps an earlier release of the application
     * @param type the type to read
     * @return the result, of that type
     * @throws RuntimeException if it cannot be read as that type
     */
    @Nullable
    Object read(byte[] json, Type type);
}
