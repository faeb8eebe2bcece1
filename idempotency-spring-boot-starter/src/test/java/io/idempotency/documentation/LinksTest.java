package io.idempotency.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links between the documents lead somewhere. */
@Timeout(60)
class LinksTest {

    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern ABSOLUTE = Pattern.compile("[a-z]+:.*");
    private static final Pattern HEADING = Pattern.compile("#+ (.*)");

    static Stream<Path> documents() {
        return Documents.all().stream().map(Documents.ROOT::relativize);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void relativeLinksExist(Path document) {
        assertThat(relativeLinks(document)).allSatisfy(link -> {
            String[] parts = link.split("#", 2);
            Path file = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]);
            Path target = Documents.ROOT.resolve(file).normalize();
            assertThat(target).exists();
            if (parts.length == 2 && Files.isRegularFile(target)) {
                assertThat(anchors(target)).contains(parts[1]);
            }
        });
    }

    private static List<String> relativeLinks(Path document) {
        return Documents.prose(Documents.ROOT.resolve(document)).stream()
                .flatMap(line -> LINK.matcher(line).results())
                .map((MatchResult link) -> link.group(1))
                .filter(link -> !ABSOLUTE.matcher(link).matches())
                .toList();
    }

    /** As GitHub makes them out of headings. */
    private static List<String> anchors(Path document) {
        return Documents.prose(document).stream()
                .map(HEADING::matcher)
                .filter(heading -> heading.matches())
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }
}
