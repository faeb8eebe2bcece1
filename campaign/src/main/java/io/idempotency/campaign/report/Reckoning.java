package io.idempotency.campaign.report;

import io.idempotency.campaign.check.Checker;
import io.idempotency.campaign.check.Expectations;
import io.idempotency.campaign.check.Verdict;
import io.idempotency.campaign.history.Event.Committed;
import io.idempotency.campaign.history.History;
import io.idempotency.campaign.history.Subject;
import io.idempotency.campaign.matrix.Fault;
import io.idempotency.campaign.node.Endpoint.Mode;
import io.idempotency.campaign.node.Failpoint;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/** The end of a run: what the database holds is added to what was seen, and all of it is judged. */
public final class Reckoning {

    private static final Set<Fault> LEAVING_LEASES_ALONE = EnumSet.of(Fault.NONE, Fault.CLIENTS_GONE);

    private Reckoning() {}

    /** Judges a run whose faults and requests are over. */
    public static Verdict of(History history, JdbcTemplate jdbc) {
        jdbc.query("SELECT execution, principal, key, body, generation FROM effect", row -> {
            String execution = row.getString(1);
            String body = row.getString(4);
            int generation = row.getInt(5);
            history.add(
                    new Subject(row.getString(2), row.getString(3)),
                    at -> new Committed(at, execution, body, generation));
        });
        return new Checker(Reckoning::expectations).judge(history.bySubject());
    }

    /**
     * A key says of itself how its endpoint is guarded, and what befell it. Where nothing breaks, nothing is left of which nobody knows;
     * unless a claim was held for longer than its lease before its owner knew of it.
     */
    private static Expectations expectations(Subject subject) {
        String key = subject.key();
        boolean leftAlone = LEAVING_LEASES_ALONE.stream().anyMatch(fault -> key.startsWith(fault.name()))
                && !key.contains(Failpoint.CLAIM_SENT.name());
        return new Expectations(key.contains(Mode.REFUSING.name()) && !leftAlone);
    }
}
