package io.idempotency.documentation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.json.JsonParserFactory;

/** The properties as the compiler found them in the code. */
final class Properties {

    private static final String METADATA = "/META-INF/spring-configuration-metadata.json";

    private Properties() {}

    /**
     * One property.
     *
     * @param type the name of its class
     * @param defaultValue as the metadata spells it, or null if there is none
     */
    record Property(String type, @Nullable String defaultValue) {}

    static Map<String, Property> byName() {
        Map<String, Property> properties = new TreeMap<>();
        for (Object entry : (List<?>) Objects.requireNonNull(metadata().get("properties"))) {
            Map<?, ?> property = (Map<?, ?>) entry;
            Object value = property.get("defaultValue");
            properties.put(
                    String.valueOf(property.get("name")),
                    new Property(String.valueOf(property.get("type")), value == null ? null : value.toString()));
        }
        return properties;
    }

    private static Map<String, Object> metadata() {
        try (InputStream json = Objects.requireNonNull(Properties.class.getResourceAsStream(METADATA))) {
            return JsonParserFactory.getJsonParser().parseMap(new String(json.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
