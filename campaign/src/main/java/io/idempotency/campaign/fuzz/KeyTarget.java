package io.idempotency.campaign.fuzz;

import io.idempotency.servlet.Parsers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The header field of the key; an input is its value, or several, a line each. */
final class KeyTarget implements Target {

    private static final Pattern KEY = Pattern.compile("[ -~]{1,255}");

    @Override
    public String name() {
        return "key";
    }

    @Override
    public List<String> seeds() {
        return List.of(
                "8e03978e-40d5-43dd-bc93-6894a57f9324",
                "\"8e03978e-40d5-43dd-bc93-6894a57f9324\"",
                " \t\"a \\\"quoted\\\" \\\\ key\"\t ",
                "\"k\";a;b=1;c=-1.5;d=?1;e=:AAA=:;f=tok/en;*g=\"s\";h=@1659578233;i=%\"f%c3%bc\"",
                "a,b",
                "one\ntwo",
                "\"" + "x".repeat(255) + "\"",
                "x".repeat(255),
                "x".repeat(256),
                "\"\"",
                "");
    }

    @Override
    public List<String> tokens() {
        return List.of(
                "\"",
                "\\",
                "\\\"",
                "\\\\",
                ";",
                "; ",
                ";a",
                ";*=",
                "=1",
                "=-1.5",
                "=?0",
                "=?2",
                "=:YQ==:",
                "=:Y:",
                "=@1",
                "=@1.5",
                "=%\"%c3%a9\"",
                "=%\"%C3\"",
                "=tok:/~",
                "=\"s\"",
                ",",
                " ",
                "\t",
                "\n",
                "\0",
                "\u007f",
                "\u00e9",
                "\u00c3\u00a9",
                "\u00ef\u00bb\u00bf",
                "\u00ed\u00a0\u0080",
                "999999999999999",
                "=1.",
                "=.5");
    }

    /** The naive grammar recurses with the length of what it reads; containers bound a request's whole head at 8 KB. */
    @Override
    public int maxLength() {
        return 400;
    }

    @Override
    public Outcome run(String input) {
        List<String> values = Arrays.asList(characters(input).split("\n", -1));
        Optional<String> key = Parsers.key(values, false);
        ViolationException.unless(key.equals(KeyModel.key(values)), "library and model read the same key");
        boolean inQuotes = values.size() == 1 && KeyModel.quoted(values.get(0)).isPresent();
        ViolationException.unless(
                Parsers.key(values, true).equals(inQuotes ? key : Optional.empty()),
                "strict mode takes the quoted form and nothing else");
        key.ifPresent(KeyTarget::requireOneKeyInAllForms);
        String feature = values.size() + " " + (values.get(0).strip().startsWith("\"") ? "quoted " : "bare ")
                + Outcome.magnitude(input.length()) + kinds(values.get(0));
        return key.isPresent() ? Outcome.accepted(feature) : Outcome.refused(feature);
    }

    /** Containers differ in how they read a field; what is UTF-8 is read as such. */
    private static String characters(String input) {
        byte[] bytes = Latin1.bytes(input);
        String utf8 = new String(bytes, StandardCharsets.UTF_8);
        return utf8.indexOf('\ufffd') < 0 ? utf8 : input;
    }

    private static void requireOneKeyInAllForms(String key) {
        ViolationException.unless(KEY.matcher(key).matches(), "a key is 1 to 255 printable ASCII characters");
        List<String> quoted = List.of(KeyModel.serialised(key));
        ViolationException.unless(Parsers.key(quoted, true).equals(Optional.of(key)), "a key survives quoting");
        ViolationException.unless(Parsers.key(quoted, false).equals(Optional.of(key)), "a key survives quoting");
        if (KeyModel.isBare(key)) {
            ViolationException.unless(
                    Parsers.key(List.of(key), false).equals(Optional.of(key)), "the bare form is the same key");
        }
        ViolationException.unless(
                Parsers.key(List.of(key, key), false).isEmpty(), "a key that is sent twice is refused");
    }

    /** Which of the characters that mean something there are. */
    private static String kinds(String value) {
        StringBuilder kinds = new StringBuilder();
        for (char c : new char[] {'\\', ';', ',', '=', '?', ':', '@', '%', ' '}) {
            kinds.append(value.indexOf(c) >= 0 ? c : '-');
        }
        return kinds.toString();
    }
}
