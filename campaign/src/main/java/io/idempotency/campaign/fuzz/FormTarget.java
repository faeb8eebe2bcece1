package io.idempotency.campaign.fuzz;

import io.idempotency.core.RequestFingerprint;
import io.idempotency.servlet.Parsers;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Forms, from the posted bytes to the fingerprint. */
final class FormTarget implements Target {

    private static final String FORM = "Application/X-WWW-Form-Urlencoded ; charset=x";
    private static final int BYTES_FOR_A_BYTE = 400;

    @Override
    public String name() {
        return "form";
    }

    @Override
    public List<String> seeds() {
        return List.of(
                "amount=12.50&currency=EUR&tag=a&tag=b&note=J%C3%BCrgen+%26+Co",
                "a=1&b=2&a=3&&c&d=&=",
                "a=%F0%9F%98%80&%61=b",
                "a=%E4",
                "=x",
                "a=%4",
                "a=%zz",
                "",
                "a=1&".repeat(30_000),
                "%61".repeat(30_000));
    }

    @Override
    public List<String> tokens() {
        return List.of(
                "&",
                "=",
                "+",
                "%",
                "%2",
                "%26",
                "%3D",
                "%25",
                "%00",
                "%C3%BC",
                "%c3",
                "%bc",
                "%ED%A0%80",
                "%F0%9F%98%80",
                "%C0%AF",
                "%EF%BB%BF",
                "%u00fc",
                "a",
                "a=",
                "&a=",
                "&b=1",
                ";",
                "\0",
                "\r\n",
                " ",
                "\u00fc",
                "\u00c3\u00bc",
                "%FF",
                "%-1",
                "%+1",
                "[]",
                "_charset_=");
    }

    @Override
    public int maxLength() {
        return 300;
    }

    @Override
    public Outcome run(String input) throws Exception {
        Outcome outcome = run(input, StandardCharsets.UTF_8);
        run(input, StandardCharsets.ISO_8859_1);
        return outcome;
    }

    private static Outcome run(String input, Charset charset) throws Exception {
        byte[] body = Latin1.bytes(input);
        byte[] given = body.clone();
        Optional<Map<String, List<String>>> parameters = Parsers.form(given, charset);
        RequestFingerprint fingerprint =
                Allocation.bounded(BYTES_FOR_A_BYTE, body.length, () -> Parsers.fingerprint(FORM, charset, given));
        ViolationException.unless(Arrays.equals(body, given), "the body is left as it came");
        ViolationException.unless(
                parameters.equals(FormModel.parse(input, charset)), "library and model read the same parameters");
        requireDifference(fingerprint, input + "&x=y", charset, "one more parameter is another request");
        String feature = Outcome.magnitude(input.length()) + kinds(input);
        if (parameters.isEmpty()) {
            return Outcome.fallback(feature);
        }
        requireOneFingerprintForAllSpellings(input, parameters.get(), fingerprint, charset);
        return Outcome.accepted(feature + Outcome.magnitude(parameters.get().size()));
    }

    private static void requireOneFingerprintForAllSpellings(
            String input, Map<String, List<String>> parameters, RequestFingerprint fingerprint, Charset charset)
            throws IOException, ServletException {
        FormSpelling spelling = new FormSpelling(charset, new Choice(input.hashCode()));
        String same = spelling.of(parameters);
        ViolationException.unless(
                fingerprint.equals(fingerprint(same, charset)),
                "another spelling is the same request: " + Latin1.shown(same));
        for (String name : parameters.keySet()) {
            List<String> values = parameters.getOrDefault(name, List.of());
            if (!values.get(0).equals(values.get(values.size() - 1))) {
                Map<String, List<String>> turned = new LinkedHashMap<>(parameters);
                List<String> other = new ArrayList<>(values);
                other.add(other.remove(0));
                turned.put(name, other);
                requireDifference(fingerprint, spelling.of(turned), charset, "the order of a name's values matters");
                return;
            }
        }
    }

    private static void requireDifference(RequestFingerprint fingerprint, String other, Charset charset, String promise)
            throws IOException, ServletException {
        ViolationException.unless(
                fingerprint.contradicts(fingerprint(other, charset)), promise + ": " + Latin1.shown(other));
    }

    private static RequestFingerprint fingerprint(String body, Charset charset) throws IOException, ServletException {
        return Parsers.fingerprint(FORM, charset, Latin1.bytes(body));
    }

    private static String kinds(String input) {
        StringBuilder kinds = new StringBuilder();
        for (String kind : List.of("&", "=", "&&", "+", "%", "%0", "\u00fc", "\0")) {
            kinds.append(input.contains(kind) ? kind.charAt(kind.length() - 1) : '-');
        }
        return kinds.toString();
    }
}
