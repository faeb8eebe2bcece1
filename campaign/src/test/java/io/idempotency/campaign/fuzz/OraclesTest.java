package io.idempotency.campaign.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What would be found, if it were there. */
class OraclesTest {

    @Test
    void parserThatThrowsIsFound() {
        assertThat(findings(input -> {
                    throw new IllegalStateException("broken");
                }))
                .first()
                .asString()
                .contains("broken");
    }

    @Test
    void parserThatOverflowsTheStackIsFound() {
        assertThat(findings(OraclesTest::endless)).first().asString().contains("StackOverflowError");
    }

    @Test
    void promiseThatIsNotKeptIsFound() {
        assertThat(findings(input -> ViolationException.unless(input.length() < 3, "inputs are short")))
                .first()
                .asString()
                .contains("inputs are short");
    }

    @Test
    void parserThatTakesMoreMemoryThanItsInputIsWorthIsFound() {
        assertThat(findings(input -> {
                    assertThat(Allocation.bounded(100, input.length(), () -> new byte[1 << 20]))
                            .isNotEmpty();
                }))
                .first()
                .asString()
                .contains("allocate");
    }

    @Test
    void keyThatWasNotSentIsTold() {
        HttpCase one = HttpCase.replayed("POST /json HTTP/1.1\r\nIdempotency-Key: sent\r\n\r\n");

        assertThat(WireKeys.of(one.wire())).isEqualTo(Set.of("sent"));
        assertThat(new Received("HTTP/1.1 200 \r\n\r\n" + Received.handled("other"), false).executedKeys())
                .isEqualTo(List.of("other"));
    }

    @Test
    void headWithTwoKeysHasNone() {
        assertThat(WireKeys.of("POST / HTTP/1.1\r\nIdempotency-Key: a\r\nX: y\r\nidempotency-key: a\r\n\r\n"))
                .isEmpty();
    }

    @Test
    void everyStatusIsSeenButThoseThatOnlyInvite() {
        Received received = new Received("HTTP/1.1 100 \r\n\r\nHTTP/1.1 200 \r\n\r\nxHTTP/1.1 503 \r\n\r\n", false);

        assertThat(received.statuses()).containsExactly(200, 503);
        assertThat(received.serverErrors()).containsExactly(503);
    }

    private static List<String> findings(Parser parser) {
        ParserFuzzer fuzzer = new ParserFuzzer(new Sample(parser), 1);
        fuzzer.start(100);
        fuzzer.await();
        return fuzzer.findings();
    }

    private static void endless(String input) {
        endless(input + "x".substring(1));
    }

    /** What is fuzzed. */
    private interface Parser {

        void parse(String input) throws Exception;
    }

    private record Sample(Parser parser) implements Target {

        @Override
        public String name() {
            return "sample";
        }

        @Override
        public List<String> seeds() {
            return List.of("seed");
        }

        @Override
        public List<String> tokens() {
            return List.of("token");
        }

        @Override
        public int maxLength() {
            return 100;
        }

        @Override
        public Outcome run(String input) throws Exception {
            parser.parse(input);
            return Outcome.accepted("");
        }
    }
}
