package io.idempotency.campaign.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FuzzingTest {

    static List<Target> targets() {
        return ParserTargets.all().stream().map(ParserTargets.Share::target).toList();
    }

    @Test
    @Timeout(300)
    void nothingIsFoundInAShortRun() throws Exception {
        FuzzReport report = Fuzzing.run(new FuzzPlan(20_261_122, 200_000, 1_500), null);

        assertThat(report.findings()).isEmpty();
        assertThat(report.text())
                .startsWith("Fuzzing with seed 20261122: ")
                .contains("key ", "json ", "form ", "http ");
    }

    @ParameterizedTest
    @MethodSource("targets")
    void everyCommittedInputHasTheOutcomeThatItHadWhenItWasCommitted(Target target) throws Exception {
        List<Corpus.Case> corpus = Corpus.committed(target.name());

        assertThat(corpus).isNotEmpty();
        for (Corpus.Case known : corpus) {
            assertThat(target.run(known.input()).verdict()).as(known.line()).hasToString(known.expected());
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    void corpusHoldsInputsThatAreTakenAndInputsThatAreNot(Target target) {
        assertThat(Corpus.committed(target.name()))
                .extracting(Corpus.Case::expected)
                .contains("ACCEPTED")
                .containsAnyOf("REFUSED", "FALLBACK");
    }

    @Test
    void committedCaseIsReadAsItWasWritten() {
        Corpus.Case one = new Corpus.Case("ACCEPTED", "\\ \0\r\n\t\u00ff é~");

        assertThat(Corpus.Case.of(one.line())).isEqualTo(one);
        assertThat(one.line()).matches("[ -~]+");
    }

    @Test
    void sameSeedMakesTheSameRequests() {
        assertThat(HttpCase.of(7, 42)).isEqualTo(HttpCase.of(7, 42)).isNotEqualTo(HttpCase.of(7, 43));
    }
}
