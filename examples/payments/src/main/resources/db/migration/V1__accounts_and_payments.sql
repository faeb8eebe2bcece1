CREATE TABLE account (
    id      text PRIMARY KEY,
    balance numeric(12, 2) NOT NULL CONSTRAINT account_balance_not_negative CHECK (balance >= 0)
);

CREATE TABLE payment (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    debtor   text NOT NULL REFERENCES account,
    creditor text NOT NULL REFERENCES account,
    amount   numeric(12, 2) NOT NULL CHECK (amount > 0)
);

CREATE TABLE receipt (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    payment_id bigint NOT NULL REFERENCES payment,
    file_name  text NOT NULL,
    content    bytea NOT NULL
);

INSERT INTO account (id, balance) VALUES ('alice', 100), ('bob', 100);
