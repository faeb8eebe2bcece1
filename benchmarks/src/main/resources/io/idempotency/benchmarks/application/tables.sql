CREATE TABLE payment (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    debtor    text           NOT NULL,
    creditor  text           NOT NULL,
    amount    numeric(12, 2) NOT NULL,
    reference text           NOT NULL,
    note      text           NOT NULL,
    made_at   timestamptz    NOT NULL DEFAULT now()
);

-- What the application that does it by hand keeps.
CREATE TABLE idempotency_key (
    key          text        NOT NULL PRIMARY KEY,
    request_hash bytea       NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    status       int,
    location     text,
    response     text
);
