CREATE TABLE charge (
    id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key    uuid NOT NULL UNIQUE,
    amount numeric(12, 2) NOT NULL CHECK (amount > 0)
);
