-- One row per completed key, and per key that is claimed under a lease. Neither the key nor its owner is stored in clear: record_key is taken from a digest of both.
-- Flyway fills ${table} and ${index} in; where the file is run by hand, replace them with the value of idempotency.jdbc.table, with
-- and without its schema.
CREATE TABLE ${table} (
    record_key   uuid        NOT NULL PRIMARY KEY,
    claim_token  uuid        NOT NULL,
    completed_at timestamptz,
    expires_at   timestamptz NOT NULL,
    lease_until  timestamptz,
    attempt      int,
    fingerprint  bytea       NOT NULL,
    response     bytea,
    steps        bytea
);

-- Purging finds what is over without reading the table.
CREATE INDEX ${index}_expires_at ON ${table} (expires_at);

-- What is not settled is found without reading what is. A renewed lease changes no index.
CREATE INDEX ${index}_unsettled ON ${table} (record_key) WHERE completed_at IS NULL;

-- Claims a key for the rest of the transaction. The answer is empty if it is granted and NULL if another transaction has the key.
-- Otherwise it is the record: its state, its age and what remains of its retention, in microseconds, the length of the fingerprint, the
-- fingerprint and the response. One value is cheaper than a row of them. The state is c for completed, or how its lease stands: r for
-- running, a for abandoned, x for given up.
-- A statement's snapshot may be older than the lock that the statement gets, so that a record which was committed in between would
-- be missed. Each query of a volatile function takes a snapshot of its own.
CREATE FUNCTION ${table}_claim(lock_id bigint, key uuid) RETURNS bytea LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    granted CONSTANT bytea := '';
    locked boolean := pg_try_advisory_xact_lock(lock_id);
    probe tid;
    remaining bigint;
    kept bytea;
BEGIN
    -- From REPEATABLE READ on all queries share the transaction's snapshot. Only the unique index sees what is newer, and raises
    -- 40001 for it; it also reads nothing that SERIALIZABLE would take for a dependency on other keys.
    IF locked AND current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
        INSERT INTO ${table} AS r (record_key, claim_token, expires_at, fingerprint)
            VALUES (key, key, statement_timestamp(), '') ON CONFLICT DO NOTHING RETURNING r.ctid INTO probe;
        IF FOUND THEN
            DELETE FROM ${table} AS r WHERE r.ctid = probe;
            RETURN granted;
        END IF;
    END IF;
    SELECT extract(epoch FROM r.expires_at - statement_timestamp()) * 1000000,
           CASE WHEN r.completed_at IS NOT NULL THEN 'c'::bytea WHEN r.lease_until > statement_timestamp() THEN 'r'
                WHEN isfinite(r.lease_until) THEN 'a' ELSE 'x' END
               || int8send(coalesce(extract(epoch FROM statement_timestamp() - r.completed_at) * 1000000, 0)::bigint)
               || int8send((extract(epoch FROM r.expires_at - statement_timestamp()) * 1000000)::bigint)
               || int4send(length(r.fingerprint)) || r.fingerprint || coalesce(r.response, '')
        INTO remaining, kept FROM ${table} AS r WHERE r.record_key = key;
    IF remaining > 0 THEN
        IF get_byte(kept, 0) = ascii('a') THEN
            -- While its owner writes it nobody can renew it, so that its lease may be over although nobody is gone. Whoever does not
            -- have the lock must not touch the row, or it would be in the way of the one that takes it over.
            IF locked THEN
                PERFORM 1 FROM ${table} AS r WHERE r.record_key = key FOR SHARE SKIP LOCKED;
                locked := FOUND;
            END IF;
            IF NOT locked THEN
                kept := set_byte(kept, 0, ascii('r'));
            END IF;
        END IF;
        RETURN kept;
    END IF;
    IF locked AND remaining IS NOT NULL THEN
        -- A record whose retention is over counts as none, even before it is purged; unless its owner has just completed it.
        DELETE FROM ${table} AS r WHERE r.record_key = key AND r.expires_at <= statement_timestamp();
        IF NOT FOUND THEN
            PERFORM 1 FROM ${table} AS r WHERE r.record_key = key;
            locked := NOT FOUND;
        END IF;
    END IF;
    RETURN CASE WHEN locked THEN granted END;
END
$$;
