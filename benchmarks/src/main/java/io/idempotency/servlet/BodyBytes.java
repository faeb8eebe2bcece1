package io.idempotency.servlet;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Counts the bytes of the bodies that were worked on, so that they are reported for each second as well. */
@AuxCounters
@State(Scope.Thread)
public class BodyBytes {

    /** Bytes so far. */
    public long bytes;
}
