package io.idempotency.campaign.bugs;

import io.idempotency.campaign.check.Guarantee;
import io.idempotency.campaign.matrix.Fault;
import io.idempotency.campaign.node.Failpoint;
import io.idempotency.campaign.node.SeededBug;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Where a bug is looked for, as a part of what the campaign does anyway.
 *
 * @param bug the bug
 * @param breaks the guarantees of which it breaks at least one
 * @param fault the fault that brings it out, or nothing if duplicates alone do
 * @param points the failpoints where it comes out
 */
record Hunt(SeededBug bug, Set<Guarantee> breaks, Optional<Fault> fault, Set<Failpoint> points) {

    static Hunt of(SeededBug bug) {
        return switch (bug) {
            case CLAIM_IN_ITS_OWN_TRANSACTION, LEASE_TOO_SHORT -> underDuplicates(bug, Guarantee.G1, Guarantee.G7);
            case ANSWER_BEFORE_COMMIT ->
                at(bug, Fault.NODE_KILLED, Failpoint.BEFORE_COMMIT, Guarantee.G2, Guarantee.G3);
            case PRINCIPAL_LEFT_OUT -> underDuplicates(bug, Guarantee.G4, Guarantee.G5);
            case CONFLICT_SHOWN_TO_CLIENT -> at(bug, Fault.NONE, Failpoint.BEFORE_CLAIM, Guarantee.WIRE);
            case PURGE_RACE -> at(bug, Fault.NONE, Failpoint.PURGE, Guarantee.G1, Guarantee.G3);
            case TAKEOVER_WITHOUT_FENCING ->
                at(bug, Fault.NODE_STOPPED, Failpoint.IN_HANDLER, Guarantee.G1, Guarantee.G3);
            case FAIL_OPEN -> at(bug, Fault.BACKENDS_TERMINATED, Failpoint.BEFORE_CLAIM, Guarantee.G1, Guarantee.G2);
            case COMMIT_ERROR_SWALLOWED ->
                at(bug, Fault.CONNECTIONS_CUT, Failpoint.BEFORE_COMMIT, Guarantee.G2, Guarantee.G3);
            case GUESSED_OUTCOME ->
                at(bug, Fault.BACKENDS_TERMINATED, Failpoint.BEFORE_COMMIT, Guarantee.G2, Guarantee.G3);
            case REPLAY_WITHOUT_FINGERPRINT -> underDuplicates(bug, Guarantee.G4);
            case RETENTION_BY_NODE_CLOCK, RECORD_NOT_STORED -> underDuplicates(bug, Guarantee.G1, Guarantee.G3);
            case DUPLICATE_HEADER_ON_REPLAY -> underDuplicates(bug, Guarantee.G3);
            case REGISTRY_FORGETS_ON_ERROR -> underDuplicates(bug, Guarantee.G6);
            case EFFECT_IN_ITS_OWN_TRANSACTION -> at(bug, Fault.NODE_KILLED, Failpoint.BEFORE_COMMIT, Guarantee.G1);
            case ROLLBACK_COMMITS -> underDuplicates(bug, Guarantee.G1, Guarantee.G2);
        };
    }

    private static Hunt underDuplicates(SeededBug bug, Guarantee first, Guarantee... more) {
        return new Hunt(bug, EnumSet.of(first, more), Optional.empty(), Set.of());
    }

    private static Hunt at(SeededBug bug, Fault fault, Failpoint point, Guarantee first, Guarantee... more) {
        return new Hunt(bug, EnumSet.of(first, more), Optional.of(fault), EnumSet.of(point));
    }
}
