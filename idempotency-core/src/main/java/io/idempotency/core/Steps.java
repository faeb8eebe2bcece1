package io.idempotency.core;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The results of the steps that a request has behind it, each under its name. Immutable and thread-safe.
 *
 * <p>Its bytes begin with the version of their format, {@value #FORMAT_VERSION}.
 */
public final class Steps {

    /** No step is done. */
    public static final Steps NONE = new Steps(Map.of());

    private static final int FORMAT_VERSION = 1;

    private final Map<String, byte[]> results;

    private Steps(Map<String, byte[]> results) {
        this.results = results;
    }

    /**
     * Finds the result of a step.
     *
     * @param name the step's name
     * @return a copy of its bytes, or nothing if the step is not done
     */
    public Optional<byte[]> find(String name) {
        return Optional.ofNullable(results.get(name)).map(byte[]::clone);
    }

    /**
     * Adds a step.
     *
     * @param name its name
     * @param result its result
     * @return these steps and that one
     * @throws IllegalArgumentException if there is a step of that name
     */
    public Steps with(String name, byte[] result) {
        Map<String, byte[]> more = new LinkedHashMap<>(results);
        if (more.put(name, result.clone()) != null) {
            throw new IllegalArgumentException("Step '" + name + "' is done already.");
        }
        return new Steps(more);
    }

    /**
     * Whether no step is done.
     *
     * @return true for {@link #NONE}
     */
    public boolean isEmpty() {
        return results.isEmpty();
    }

    /**
     * Writes the steps down.
     *
     * @return what {@link #fromBytes} reads
     */
    public byte[] toBytes() {
        FieldWriter writer = new FieldWriter().number(FORMAT_VERSION).number(results.size());
        results.forEach((name, result) -> {
            writer.text(name);
            writer.bytes(result);
        });
        return writer.toBytes();
    }

    /**
     * Reads steps.
     *
     * @param bytes what {@link #toBytes} wrote
     * @return the steps
     * @throws UnreadableRecordException if the bytes are damaged, or of a newer release
     */
    public static Steps fromBytes(byte[] bytes) {
        try {
            return read(new FieldReader(bytes));
        } catch (IllegalArgumentException e) {
            throw new UnreadableRecordException("The stored steps are damaged, or of a newer release.", e);
        }
    }

    private static Steps read(FieldReader reader) {
        if (reader.octet() != FORMAT_VERSION) {
            throw new IllegalArgumentException("The format of the steps is not known.");
        }
        Map<String, byte[]> results = new LinkedHashMap<>();
        for (int left = reader.count(); left > 0; left--) {
            results.put(reader.text(), reader.bytes());
        }
        reader.end();
        return results.isEmpty() ? NONE : new Steps(results);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Steps that && Arrays.equals(toBytes(), that.toBytes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(toBytes());
    }

    /** Tells the names and hides the results. */
    @Override
    public String toString() {
        return "Steps" + results.keySet();
    }
}
