CREATE TABLE reservation (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_number text NOT NULL,
    amount       numeric(12, 2) NOT NULL CHECK (amount > 0),
    charge_key   uuid NOT NULL UNIQUE
);

CREATE TABLE payment (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    reservation_id bigint NOT NULL UNIQUE REFERENCES reservation,
    order_number   text NOT NULL,
    amount         numeric(12, 2) NOT NULL CHECK (amount > 0),
    charge         text NOT NULL UNIQUE
);
