package io.idempotency.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.idempotency.campaign.Arguments.Part;
import io.idempotency.campaign.fuzz.FuzzPlan;
import io.idempotency.campaign.matrix.Fault;
import io.idempotency.campaign.node.SeededBug;
import io.idempotency.campaign.storm.StormPlan;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

    @Test
    void everythingHasADefault() {
        Arguments arguments = Arguments.parse();

        assertThat(arguments.part()).isEqualTo(Part.SMOKE);
        assertThat(arguments.faults()).containsExactly(Fault.values());
        assertThat(arguments.bugs()).containsExactly(SeededBug.values());
        assertThat(arguments.keep()).isNull();
    }

    @Test
    void runCanBeRepeatedFromItsSeed() {
        Arguments arguments = Arguments.parse("storm", "--seed=42");

        assertThat(arguments.part()).isEqualTo(Part.STORM);
        assertThat(arguments.seed()).isEqualTo(42);
    }

    @Test
    void someFaultsOfTheMatrixCanBeChosen() {
        Arguments arguments = Arguments.parse("matrix", "--runs=3", "--faults=NODE_KILLED,CONNECTIONS_CUT");

        assertThat(arguments.runs()).isEqualTo(3);
        assertThat(arguments.faults()).containsExactly(Fault.NODE_KILLED, Fault.CONNECTIONS_CUT);
    }

    @Test
    void stormCanBeMadeOfOtherFaults() {
        assertThat(Arguments.parse("storm", "--kills=1", "--database-faults=2", "--cuts=3")
                        .storm())
                .isEqualTo(StormPlan.full(20_261_122).with(1, 2, 3));
        assertThat(Arguments.parse("storm", "--seed=4").storm()).isEqualTo(StormPlan.full(4));
    }

    @Test
    void longRunIsAsMuchAsThePartsAreByThemselves() {
        Arguments arguments = Arguments.parse("long");

        assertThat(arguments.part()).isEqualTo(Part.LONG);
        assertThat(arguments.runs()).isEqualTo(20);
        assertThat(arguments.storm()).isEqualTo(StormPlan.full(arguments.seed()));
        assertThat(arguments.fuzzing()).isEqualTo(new FuzzPlan(arguments.seed(), 10_000_000, 100_000));
    }

    @Test
    void amountOfFuzzingCanBeChosen() {
        Arguments arguments = Arguments.parse("fuzz", "--seed=5", "--executions=7", "--requests=9");

        assertThat(arguments.fuzzing()).isEqualTo(new FuzzPlan(5, 7, 9));
    }

    @Test
    void unknownArgumentIsRefusedWithThoseThatAreKnown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arguments.parse("--sede=1"))
                .withMessageContaining("--sede=1")
                .withMessageContaining("--seed=1");
    }
}
