-- One row per idempotency key. Neither the key nor its owner is stored in clear: record_key is a digest of both.
-- Flyway fills ${table} in; where the file is run by hand, replace it with the value of idempotency.jdbc.table.
CREATE TABLE ${table} (
    record_key   bytea       NOT NULL PRIMARY KEY,
    fingerprint  bytea       NOT NULL,
    claim_token  uuid        NOT NULL,
    claimed_at   timestamptz NOT NULL,
    completed_at timestamptz,
    expires_at   timestamptz,
    response     bytea,
    CONSTRAINT ${index}_completed_whole CHECK (
        (completed_at IS NULL) = (expires_at IS NULL) AND (completed_at IS NULL) = (response IS NULL))
);

-- Purging finds what is over without reading the table.
CREATE INDEX ${index}_expires_at ON ${table} (expires_at) WHERE expires_at IS NOT NULL;
