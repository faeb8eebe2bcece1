package io.idempotency.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.idempotency.metrics.IdempotencyMeters;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A property, a meter or a version that a document names is spelled as in the code. */
@Timeout(60)
class NamesInDocumentsTest {

    private static final Pattern NAME = Pattern.compile("`(idempotency\\.[a-z.-]*[a-z])(?=[`=])");
    private static final Pattern PARENT_VERSION =
            Pattern.compile("<artifactId>idempotency-parent</artifactId>\\s*<version>([^<]+)</version>");

    static Stream<Path> documents() {
        return Documents.all().stream().map(Documents.ROOT::relativize);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void propertiesAndMetersExist(Path document) {
        Set<String> known = new TreeSet<>(Properties.byName().keySet());
        Stream.of(IdempotencyMeters.values()).map(IdempotencyMeters::getName).forEach(known::add);

        assertThat(Documents.prose(Documents.ROOT.resolve(document)).stream()
                        .flatMap(line -> NAME.matcher(line).results())
                        .map((MatchResult name) -> name.group(1)))
                .allSatisfy(name -> assertThat(known).contains(name));
    }

    @Test
    void readmeNamesTheVersionOfThisBuild() {
        String version = PARENT_VERSION
                .matcher(Documents.read("pom.xml"))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);

        assertThat(Documents.read("README.md"))
                .contains("<groupId>io.idempotency</groupId>")
                .contains("<artifactId>idempotency-spring-boot-starter</artifactId>")
                .contains("<version>" + version + "</version>");
    }
}
