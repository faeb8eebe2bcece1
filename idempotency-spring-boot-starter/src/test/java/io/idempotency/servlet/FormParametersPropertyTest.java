package io.idempotency.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.tomcat.util.http.Parameters;

class FormParametersPropertyTest {

    @Property
    void whatIsEncodedIsDecoded(@ForAll("parameters") Map<String, List<String>> parameters) {
        String body = parameters.entrySet().stream()
                .flatMap(parameter ->
                        parameter.getValue().stream().map(value -> encoded(parameter.getKey()) + "=" + encoded(value)))
                .collect(Collectors.joining("&"));
        assertThat(FormParameters.parse(body.getBytes(UTF_8), UTF_8)).contains(parameters);
    }

    @Property
    void orderBetweenNamesDoesNotMatterToTheDigest(
            @ForAll("parameters") Map<String, List<String>> parameters, @ForAll long seed) {
        List<String> names = new ArrayList<>(parameters.keySet());
        Collections.shuffle(names, new Random(seed));
        Map<String, List<String>> shuffled = new LinkedHashMap<>();
        names.forEach(name -> shuffled.put(name, parameters.get(name)));
        assertThat(digest(shuffled)).isEqualTo(digest(parameters));
    }

    @Property
    void digestsDifferAsParametersDo(
            @ForAll("parameters") Map<String, List<String>> one,
            @ForAll("parameters") Map<String, List<String>> other) {
        assertThat(Arrays.equals(digest(one), digest(other))).isEqualTo(one.equals(other));
    }

    @Property(tries = 5000)
    void parametersAreThoseOfTomcat(@ForAll("bodies") String characters) {
        byte[] body = characters.getBytes(ISO_8859_1);
        for (Charset charset : List.of(UTF_8, ISO_8859_1)) {
            Optional<Map<String, List<String>>> parsed = FormParameters.parse(body, charset);
            Parameters tomcat = new Parameters();
            tomcat.setCharset(charset);
            if (parsed.isPresent()) {
                tomcat.processParameters(body.clone(), 0, body.length);
                assertThat(parametersOf(tomcat)).isEqualTo(parsed.get());
            } else {
                assertThatTomcatFails(tomcat, body);
            }
        }
    }

    /** Tomcat 11 throws; Tomcat 10.1 drops the malformed pair, so that it holds fewer values than there were pairs. */
    private static void assertThatTomcatFails(Parameters tomcat, byte[] body) {
        try {
            tomcat.processParameters(body.clone(), 0, body.length);
        } catch (IllegalStateException refused) {
            return;
        }
        long pairs = Arrays.stream(new String(body, ISO_8859_1).split("&"))
                .filter(pair -> !pair.isEmpty())
                .count();
        long values =
                parametersOf(tomcat).values().stream().mapToLong(List::size).sum();
        assertThat(values).isLessThan(pairs);
    }

    private static Map<String, List<String>> parametersOf(Parameters tomcat) {
        return Collections.list(tomcat.getParameterNames()).stream()
                .collect(Collectors.toMap(name -> name, name -> List.of(tomcat.getParameterValues(name))));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private static byte[] digest(Map<String, List<String>> parameters) {
        Map<String, String[]> arrays = new LinkedHashMap<>();
        parameters.forEach((name, values) -> arrays.put(name, values.toArray(String[]::new)));
        return ParameterCanonicalizer.digest(arrays);
    }

    @Provide
    Arbitrary<Map<String, List<String>>> parameters() {
        Arbitrary<String> texts =
                Arbitraries.strings().withChars("ab&=%+ ;\u00e9\u20ac").ofMaxLength(3);
        return Arbitraries.maps(
                        texts.filter(name -> !name.isEmpty()),
                        texts.list().ofMinSize(1).ofMaxSize(3))
                .ofMaxSize(3);
    }

    @Provide
    Arbitrary<String> bodies() {
        return Arbitraries.strings().withChars("aab==&&+%%4CcZ39\u00a9\u00c3").ofMaxLength(14);
    }
}
