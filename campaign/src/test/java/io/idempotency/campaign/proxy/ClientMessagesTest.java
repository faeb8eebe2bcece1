package io.idempotency.campaign.proxy;

import static io.idempotency.campaign.proxy.ClientMessages.NONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientMessagesTest {

    private final AtomicInteger negotiations = new AtomicInteger();

    /** Where COMMITs end in the stream, which is read in blocks of one size. */
    private List<Integer> commits(Protocol wire, int blockSize) throws ProtocolException {
        ClientMessages messages = new ClientMessages(negotiations::incrementAndGet);
        List<Integer> found = new ArrayList<>();
        byte[] stream = wire.toBytes();
        for (int start = 0; start < stream.length; start += blockSize) {
            byte[] block = new byte[Math.min(blockSize, stream.length - start)];
            System.arraycopy(stream, start, block, 0, block.length);
            for (int at = messages.findCommit(block, 0, block.length);
                    at != NONE;
                    at = messages.findCommit(block, at, block.length)) {
                found.add(start + at);
            }
        }
        return found;
    }

    private List<Integer> commits(Protocol wire) throws ProtocolException {
        return commits(wire, Math.max(1, wire.size()));
    }

    private static Protocol started() {
        return new Protocol().startup();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 11, 16, 64, 1000, 1 << 20})
    void commitsAreFoundHoweverTheStreamIsCut(int blockSize) throws ProtocolException {
        List<Integer> expected = new ArrayList<>();
        Protocol wire = new Protocol()
                .untyped(Protocol.SSL_REQUEST, "")
                .untyped(Protocol.GSS_REQUEST, "")
                .startup()
                .message('p', "secret\0")
                .parse("", "BEGIN")
                .bind("", "")
                .execute("")
                .sync()
                .parse("S_1", "INSERT INTO t VALUES ('" + "COMMIT ".repeat(300) + "')")
                .bind("C_1", "S_1")
                .execute("C_1")
                .sync()
                .parse("S_2", "COMMIT")
                .bind("", "S_2")
                .execute("");
        expected.add(wire.size());
        wire.sync().parse("", "SELECT 1").bind("", "").execute("").sync().query("commit;");
        expected.add(wire.size());
        wire.query("ROLLBACK").bind("", "S_2").execute("");
        expected.add(wire.size());
        wire.sync().message('X', "");

        assertThat(commits(wire, blockSize)).isEqualTo(expected);
        assertThat(negotiations).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COMMIT",
                "commit",
                " Commit ; ",
                "COMMIT WORK",
                "commit\ttransaction",
                "END",
                "COMMIT AND NO CHAIN"
            })
    void spellingsOfCommitAreKnown(String sql) throws ProtocolException {
        assertThat(commits(started().query(sql))).hasSize(1);
        assertThat(commits(started().parse("", sql).bind("", "").execute(""))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "COMMIT PREPARED 'x'", "SELECT 'COMMIT'", "COMMITTED", "ROLLBACK", "BEGIN; COMMIT"})
    void otherTextsAreNoCommit(String sql) throws ProtocolException {
        assertThat(commits(started().query(sql))).isEmpty();
        assertThat(commits(started().parse("", sql).bind("", "").execute(""))).isEmpty();
    }

    @Test
    void parsingAndBindingAloneExecuteNothing() throws ProtocolException {
        assertThat(commits(started().parse("", "COMMIT").bind("", "").sync())).isEmpty();
    }

    @Test
    void nameThatIsGivenAgainMeansTheNewStatement() throws ProtocolException {
        Protocol wire = started().parse("S_1", "COMMIT").bind("P_1", "S_1").parse("S_1", "SELECT 1");

        assertThat(commits(wire.bind("", "S_1").execute(""))).isEmpty();
        assertThat(commits(wire.execute("P_1"))).hasSize(1);
        assertThat(commits(wire.bind("P_1", "S_1").execute("P_1"))).hasSize(1);
    }

    @Test
    void closedNamesMeanNothing() throws ProtocolException {
        Protocol wire = started().parse("S_1", "COMMIT").bind("P_1", "S_1");

        assertThat(commits(wire.message('C', "SP_1\0").message('C', "PS_1\0").execute("P_1")))
                .hasSize(1);
        assertThat(commits(wire.message('C', "PP_1\0").execute("P_1"))).hasSize(1);
        assertThat(commits(wire.message('C', "SS_1\0").bind("P_1", "S_1").execute("P_1")))
                .hasSize(1);
    }

    @Test
    void startOfTheCommitIsWhatComesBeforeItInItsBlock() throws ProtocolException {
        ClientMessages messages = new ClientMessages(() -> {});
        Protocol wire = started().query("SELECT 1");
        int start = wire.size();
        byte[] stream = wire.query("COMMIT").query("SELECT 2").toBytes();

        assertThat(messages.findCommit(stream, 0, start + 3)).isEqualTo(NONE);
        assertThat(messages.findCommit(stream, start + 3, stream.length)).isPositive();
        assertThat(messages.commitStart()).isEqualTo(start + 3);

        ClientMessages whole = new ClientMessages(() -> {});
        assertThat(whole.findCommit(stream, 0, stream.length)).isEqualTo(start + 12);
        assertThat(whole.commitStart()).isEqualTo(start);
    }

    @Test
    void whatPreparesACommitBelongsToIt() throws ProtocolException {
        ClientMessages messages = new ClientMessages(() -> {});
        Protocol wire = started().parse("", "SELECT 1").bind("", "").execute("");
        int start = wire.size();
        wire.parse("S_1", "COMMIT").bind("", "S_1").message('D', "P\0").execute("");
        int end = wire.size();
        int next = wire.sync().size();
        byte[] stream = wire.bind("", "S_1").execute("").sync().toBytes();

        assertThat(messages.findCommit(stream, 0, stream.length)).isEqualTo(end);
        assertThat(messages.commitStart()).isEqualTo(start);
        assertThat(messages.findCommit(stream, end, stream.length)).isEqualTo(stream.length - 5);
        assertThat(messages.commitStart()).isEqualTo(next);
    }

    @Test
    void requestToCancelIsNoStart() throws ProtocolException {
        assertThat(commits(new Protocol().untyped(Protocol.CANCEL_REQUEST, "\0\0\0\1\0\0\0\2")))
                .isEmpty();
        assertThat(negotiations).hasValue(0);
    }

    @Test
    void strangersAreRefused() {
        assertThatThrownBy(() -> commits(new Protocol().untyped(2 << 16, "user")))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("131072");
        assertThatThrownBy(() -> commits(new Protocol().raw("\0\0\0\1\0\0\0\0")))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("sslmode=disable");
        assertThatThrownBy(() -> commits(new Protocol().raw("\0\0\0\4")))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("ends before its number");
    }
}
