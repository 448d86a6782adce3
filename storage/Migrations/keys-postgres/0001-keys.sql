CREATE TABLE keys (
    id text COLLATE "C" PRIMARY KEY,
    wrapped bytea NOT NULL,
    master text COLLATE "C" NOT NULL
);

-- What other processes read to evict. A key that is neither in keys nor here was lost, not destroyed.
CREATE TABLE destroyed (
    id text COLLATE "C" PRIMARY KEY,
    at bigint NOT NULL
);
CREATE INDEX destroyed_at ON destroyed (at);

-- Secrets of the whole store (head chain, look-ups), wrapped as the keys are.
CREATE TABLE secrets (
    name text COLLATE "C" PRIMARY KEY,
    wrapped bytea NOT NULL,
    master text COLLATE "C" NOT NULL
);
