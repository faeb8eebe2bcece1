package io.idempotency.servlet;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MultipartCanonicalizerPropertyTest {

    @Property
    void partsOfDifferentNamesMayChangePlaces(@ForAll("parts") List<PartDouble> parts, @ForAll long seed)
            throws IOException {
        List<String> names =
                new ArrayList<>(parts.stream().map(PartDouble::name).toList());
        Collections.shuffle(names, new Random(seed));
        Map<String, Iterator<PartDouble>> remaining = new HashMap<>();
        byName(parts).forEach((name, ofName) -> remaining.put(name, ofName.iterator()));
        List<PartDouble> moved =
                names.stream().map(name -> remaining.get(name).next()).toList();
        assertThat(digest(moved)).isEqualTo(digest(parts));
    }

    @Property
    void digestsDifferAsPartsDo(@ForAll("parts") List<PartDouble> one, @ForAll("parts") List<PartDouble> other)
            throws IOException {
        assertThat(Arrays.equals(digest(one), digest(other)))
                .isEqualTo(byName(one).equals(byName(other)));
    }

    private static Map<String, List<PartDouble>> byName(List<PartDouble> parts) {
        return parts.stream().collect(groupingBy(PartDouble::name));
    }

    private static byte[] digest(List<PartDouble> parts) throws IOException {
        return MultipartCanonicalizer.digest(List.<Part>copyOf(parts));
    }

    @Provide
    Arbitrary<List<PartDouble>> parts() {
        return Combinators.combine(
                        Arbitraries.of("a", "b", "ab"),
                        Arbitraries.of("", "a", "b").injectNull(0.3),
                        Arbitraries.of("a/b", "b/a").injectNull(0.3),
                        Arbitraries.of("", "a", "b", "ab"))
                .as(PartDouble::new)
                .list()
                .ofMaxSize(4);
    }
}
