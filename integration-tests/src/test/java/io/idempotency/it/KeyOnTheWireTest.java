package io.idempotency.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** K2, K3, K4: the key as it is spelled on the wire, and where it must not be found again. */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class KeyOnTheWireTest {

    private static final String PATH = "/mapping/class";

    private final RunningApp app = WireApp.get();
    private final Journal journal = app.bean(Journal.class);

    static Stream<String> validKeys() {
        String key = RunningApp.newKey();
        return Stream.of(
                key,
                "x",
                "7",
                "\"quoted " + key + "\"",
                "\"with \\\"escapes\\\" and \\\\ " + key + "\"",
                "\"with a parameter " + key + "\";v=1;token=a/b;s=\"t\"",
                "  " + key + "-with-white-space-around \t",
                "sk_" + key + ":/?#[]@!$&'()*+=~",
                "a".repeat(255),
                "\"" + "b".repeat(255) + "\"");
    }

    @ParameterizedTest
    @MethodSource("validKeys")
    void validKeyIsExecutedOnce(String spelling) {
        RawAnswer first =
                RawRequest.post("/fingerprint/default").key(spelling).json("{}").send(app);
        RawAnswer second =
                RawRequest.post("/fingerprint/default").key(spelling).json("{}").send(app);

        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertThat(first.isReplay()).isFalse();
        assertThat(second.isReplay()).isTrue();
    }

    @Test
    void quotedAndBareSpellingAreOneKey() {
        String key = RunningApp.newKey();
        RawRequest.post(PATH).key(key).json("{}").send(app);

        for (String spelling : List.of("\"" + key + "\"", " " + key, "\"" + key + "\";a=1", "\"" + key + "\" ")) {
            assertThat(RawRequest.post(PATH).key(spelling).json("{}").send(app).isReplay())
                    .as(spelling)
                    .isTrue();
        }
        assertThat(journal.runs(key)).isEqualTo(1);
    }

    @Test
    void caseOfAKeyMatters() {
        RawRequest.post("/fingerprint/default").key("case-matters").json("{}").send(app);

        assertThat(RawRequest.post("/fingerprint/default")
                        .key("CASE-MATTERS")
                        .json("{}")
                        .send(app)
                        .isReplay())
                .isFalse();
    }

    static Stream<String> invalidKeys() {
        return Stream.of(
                "",
                "   ",
                "\"\"",
                "a".repeat(256),
                "\"" + "a".repeat(256) + "\"",
                "\"unbalanced",
                "unbalanced\"",
                "\"a\"b\"",
                "\"a\" b",
                "\"a\", \"b\"",
                "\"bad \\n escape\"",
                "\"ends in \\\"",
                "\"a\";",
                "\"a\";UPPER=1",
                "two words",
                "a,b",
                "a;b",
                "a\\b",
                "tab\tinside",
                "\"tab\tinside\"",
                "gr\u00fc\u00dfe",
                "\"gr\u00fc\u00dfe\"",
                "\u00c3\u00bc",
                "nbsp\u00a0");
    }

    @ParameterizedTest
    @MethodSource("invalidKeys")
    void invalidKeyIsRefusedWhetherItIsRequiredOrNot(String spelling) {
        for (String path : List.of("/mapping/class", "/mapping/optional")) {
            RawAnswer answer = RawRequest.post(path).key(spelling).json("{}").send(app);

            assertThat(answer.isProblem(400, "invalid-key")).as(answer.body()).isTrue();
            assertThat(answer.header("Content-Type")).containsExactly("application/problem+json");
        }
        assertThat(journal.runs(spelling.strip())).isZero();
    }

    static Stream<String> controlCharacters() {
        return Stream.of("nul\u0000", "del\u007f", "\u0001", "escape\u001b", "\"bell\u0007\"");
    }

    @ParameterizedTest
    @MethodSource("controlCharacters")
    void controlCharacterIsRefusedByTheContainerOrByTheFilter(String spelling) {
        RawAnswer answer = RawRequest.post(PATH).key(spelling).json("{}").send(app);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(journal.runs(spelling)).isZero();
    }

    @Test
    void headerSentTwiceIsRefused() {
        String key = RunningApp.newKey();
        RawAnswer same = RawRequest.post(PATH).key(key).key(key).json("{}").send(app);
        RawAnswer other = RawRequest.post(PATH)
                .key(key)
                .header("idempotency-key", RunningApp.newKey())
                .json("{}")
                .send(app);
        RawAnswer oneEmpty =
                RawRequest.post("/mapping/optional").key(key).key("").json("{}").send(app);

        assertThat(List.of(same, other, oneEmpty)).allMatch(answer -> answer.isProblem(400, "invalid-key"));
        assertThat(journal.runs(key)).isZero();
    }

    @Test
    void missingKeyIsRefusedWhereItIsRequired() {
        RawAnswer answer = RawRequest.post(PATH).json("{}").send(app);

        assertThat(answer.isProblem(400, "missing-key")).isTrue();
        assertThat(answer.header("Link")).isEmpty();
        assertThat(answer.header("Cache-Control")).containsExactly("no-store");
        assertThat(answer.body()).contains("\"type\":", "\"title\":", "\"status\":400", "\"detail\":");
    }

    @Test
    void missingKeyIsExecutedUnguardedWhereItIsOptional() {
        long records = app.recordCount();
        long before = journal.effects("null");
        for (int i = 0; i < 2; i++) {
            RawAnswer answer = RawRequest.post("/mapping/optional").json("{}").send(app);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.isReplay()).isFalse();
        }

        assertThat(journal.effects("null")).isEqualTo(before + 2);
        assertThat(app.recordCount()).isEqualTo(records);
    }

    @Test
    void optionalKeyThatIsThereIsGuarded() {
        String key = RunningApp.newKey();
        RawRequest.post("/mapping/optional").key(key).json("{}").send(app);

        assertThat(RawRequest.post("/mapping/optional")
                        .key(key)
                        .json("{}")
                        .send(app)
                        .isReplay())
                .isTrue();
    }

    @Test
    void keysOfTwoPrincipalsAreTwoKeys() {
        String key = RunningApp.newKey();
        for (String user : List.of("alice", "bob")) {
            RawRequest.post(PATH).key(key).header(WireApp.USER, user).json("{}").send(app);
        }

        assertThat(journal.runs(key)).isEqualTo(2);
    }

    @Test
    void neitherKeyNorPrincipalNorBodyIsInTheTableInALogLineOrInAProblem(CapturedOutput output) {
        String key = "secret-key-" + RunningApp.newKey();
        String user = "secret-user-" + RunningApp.newKey();
        String body = "secret-body-" + RunningApp.newKey();
        String other = "{\"b\":\"" + body + "\"}";
        StringBuilder problems = new StringBuilder();
        for (String path : List.of(
                "/fingerprint/default",
                "/commit/throws/return",
                "/commit/refused/return",
                "/guarded/outcome/entity/500")) {
            String of = path.equals("/fingerprint/default") ? key : key + path.length();
            RawRequest.post(path).key(of).header(WireApp.USER, user).json(other).send(app);
            problems.append(RawRequest.post("/fingerprint/default")
                    .key(of)
                    .header(WireApp.USER, user)
                    .json("[]")
                    .send(app));
        }
        problems.append(RawRequest.post(PATH)
                .key(key + " ")
                .key("b")
                .header(WireApp.USER, user)
                .json(other)
                .send(app));
        problems.append(RawRequest.post(PATH)
                .key(key + " c")
                .header(WireApp.USER, user)
                .json(other)
                .send(app));
        String table = String.join(
                "\n",
                app.jdbc()
                        .queryForList(
                                "SELECT t::text || ' ' || encode(response, 'escape') FROM idempotency_record t",
                                String.class));

        assertThat(problems).contains("key-reused", "invalid-key").doesNotContain(key, user, body);
        assertThat(table).isNotEmpty().doesNotContain(key, user, body, hex(key), hex(user), hex(body));
        assertThat(output.getAll()).doesNotContain(key, user, body);
    }

    private static String hex(String text) {
        return java.util.HexFormat.of().formatHex(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
}
