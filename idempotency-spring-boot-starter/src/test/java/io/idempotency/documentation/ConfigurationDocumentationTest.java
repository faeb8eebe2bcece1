package io.idempotency.documentation;

import static io.idempotency.documentation.Documents.code;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.idempotency.Idempotent;
import io.idempotency.documentation.Properties.Property;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code docs/configuration.md} lists what the code has. */
@Timeout(60)
class ConfigurationDocumentationTest {

    private static final String DOCUMENT = "docs/configuration.md";
    private static final String NO_DEFAULT = "–";

    private static final Map<String, String> TYPES = Map.of(
            "java.lang.Boolean", "boolean",
            "java.lang.Integer", "integer",
            "java.lang.String", "text",
            "java.net.URI", "URI",
            "java.time.Duration", "duration",
            "org.springframework.util.unit.DataSize", "size",
            "org.springframework.boot.actuate.endpoint.Access", "`none`, `read-only`, `unrestricted`",
            "java.util.List<java.lang.String>", "list");

    @Test
    void everyPropertyIsListedWithItsTypeAndDefault() {
        List<List<String>> expected = Properties.byName().entrySet().stream()
                .map(property -> List.of(
                        code(property.getKey()),
                        typeOf(property.getValue()),
                        defaultOf(property.getValue().defaultValue())))
                .toList();

        assertThat(Documents.table(DOCUMENT, "Property").stream().map(cells -> cells.subList(0, 3)))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void everyAttributeIsListedWithItsDefault() {
        List<List<String>> expected = Stream.of(Idempotent.class.getDeclaredMethods())
                .map(attribute -> List.of(code(attribute.getName()), defaultOf(attribute)))
                .toList();

        assertThat(Documents.table(DOCUMENT, "Attribute").stream().map(cells -> cells.subList(0, 2)))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private static String typeOf(Property property) {
        return property.type().startsWith("io.idempotency.")
                ? choices(property.type())
                : TYPES.getOrDefault(property.type(), property.type());
    }

    private static String choices(String type) {
        try {
            return Stream.of(Class.forName(type).getEnumConstants())
                    .map(constant -> code(constant.toString().toLowerCase(Locale.ROOT)))
                    .collect(joining(", "));
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static String defaultOf(@Nullable String value) {
        return value == null ? NO_DEFAULT : code(value.replaceAll("^\\[(.*)]$", "$1"));
    }

    private static String defaultOf(Method attribute) {
        Object value = attribute.getDefaultValue();
        boolean none = "".equals(value) || (value.getClass().isArray() && Array.getLength(value) == 0);
        return none ? NO_DEFAULT : code(value.toString());
    }
}
