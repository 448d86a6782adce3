CREATE TABLE keys (
    id TEXT PRIMARY KEY,
    wrapped BLOB NOT NULL,
    master TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What other processes read to evict. A key that is neither in keys nor here was lost, not destroyed.
CREATE TABLE destroyed (
    id TEXT PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX destroyed_at ON destroyed (at);

-- Secrets of the whole store (head chain, look-ups), wrapped as the keys are.
CREATE TABLE secrets (
    name TEXT PRIMARY KEY,
    wrapped BLOB NOT NULL,
    master TEXT NOT NULL
) STRICT, WITHOUT ROWID;
