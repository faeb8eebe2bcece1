package io.idempotency.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import org.springframework.web.util.pattern.PatternParseException;

/** Whatever Spring would match is looked up: compared with Spring's own matching of the same pattern. */
class GuardedPathsPropertyTest {

    private static final Set<String> POST = Set.of("POST");

    @Property(tries = 5000)
    void nothingThatSpringMatchesIsPassedOver(
            @ForAll("patterns") List<String> guarded,
            @ForAll("paths") String path,
            @ForAll("contexts") String context) {
        GuardedPaths paths = new GuardedPaths();
        boolean matched = false;
        for (String pattern : guarded) {
            PathPattern parsed = parse(pattern);
            if (parsed != null) {
                paths.add(parsed.getPatternString(), POST);
                matched |= parsed.matches(PathContainer.parsePath(path));
            }
        }

        assertThat(paths.mayMatch("POST", context + path, context.length()) || !matched)
                .as("%s guarded by %s", path, guarded)
                .isTrue();
    }

    private static @Nullable PathPattern parse(String pattern) {
        try {
            return PathPatternParser.defaultInstance.parse(pattern);
        } catch (PatternParseException e) {
            return null;
        }
    }

    @Provide
    Arbitrary<List<String>> patterns() {
        return joined(
                        "a",
                        "b",
                        "ab",
                        "a b",
                        "é",
                        "a;b",
                        "{x}",
                        "{x:a.*}",
                        "{y:[ab]{1,2}}",
                        "{z:\\w+}",
                        "*",
                        "a*",
                        "?",
                        "**",
                        "{*r}",
                        "",
                        "{x:a\\/b}")
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
    }

    @Provide
    Arbitrary<String> paths() {
        return joined(
                "a",
                "b",
                "ab",
                "a%20b",
                "%61",
                "%61%62;v=1",
                "a;v=1",
                "%C3%A9",
                "a%3Bb",
                ";v=1",
                "",
                "a",
                "b",
                ".",
                "..",
                "a.b");
    }

    @Provide
    Arbitrary<String> contexts() {
        return Arbitraries.of("", "/shop", "/a");
    }

    private static Arbitrary<String> joined(String... segments) {
        Arbitrary<List<String>> several = Arbitraries.of(segments).list().ofMaxSize(4);
        return Combinators.combine(several, Arbitraries.of("", "/"))
                .as((list, end) -> (list.isEmpty() ? "" : "/" + String.join("/", list)) + end);
    }
}
