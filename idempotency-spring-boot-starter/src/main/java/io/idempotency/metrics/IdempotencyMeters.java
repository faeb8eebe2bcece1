package io.idempotency.metrics;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.docs.MeterDocumentation;
import java.util.Locale;

/** The meters, as the manual lists them. */
public enum IdempotencyMeters implements MeterDocumentation {

    /** Requests to guarded endpoints by what became of them. */
    REQUESTS("idempotency.requests", Meter.Type.COUNTER),

    /** How long the store took, by what it was asked. */
    STORE("idempotency.store", Meter.Type.TIMER),

    /** How long after the first answer it was replayed. */
    REPLAY_AGE("idempotency.replay.age", Meter.Type.TIMER),

    /** Records deleted because their retention was over. */
    RECORDS_PURGED("idempotency.records.purged", Meter.Type.COUNTER);

    private final String meterName;
    private final Meter.Type type;

    IdempotencyMeters(String meterName, Meter.Type type) {
        this.meterName = meterName;
        this.type = type;
    }

    @Override
    public String getName() {
        return meterName;
    }

    @Override
    public Meter.Type getType() {
        return type;
    }

    @Override
    public KeyName[] getKeyNames() {
        return switch (this) {
            case REQUESTS -> RequestTag.values();
            case STORE -> StoreTag.values();
            case REPLAY_AGE, RECORDS_PURGED -> new KeyName[0];
        };
    }

    /** Tags of {@link #REQUESTS}. */
    public enum RequestTag implements KeyName {

        /** What became of the request: a {@link io.idempotency.core.RequestOutcome} in lower case. */
        OUTCOME,

        /** The endpoint's route template, or {@code none} without HTTP. */
        URI;

        @Override
        public String asString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Tags of {@link #STORE}. */
    public enum StoreTag implements KeyName {

        /** The store's method. */
        OPERATION;

        @Override
        public String asString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
