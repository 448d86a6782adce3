CREATE TABLE head (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    position INTEGER NOT NULL,
    hmac BLOB NOT NULL,
    outbox INTEGER NOT NULL,
    audit INTEGER NOT NULL
) STRICT;
INSERT INTO head VALUES (1, 0, zeroblob(32), 0, 0);

CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    tenant TEXT NOT NULL,
    stream TEXT NOT NULL,
    version INTEGER NOT NULL,
    type TEXT NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    command_id TEXT,
    correlation_id TEXT NOT NULL,
    payload BLOB NOT NULL,
    prev_hash BLOB NOT NULL,
    hash BLOB NOT NULL,
    UNIQUE (tenant, stream, version)
) STRICT;

CREATE TABLE streams (
    tenant TEXT NOT NULL,
    stream TEXT NOT NULL,
    version INTEGER NOT NULL,
    last_hash BLOB NOT NULL,
    PRIMARY KEY (tenant, stream)
) STRICT, WITHOUT ROWID;

CREATE TABLE snapshots (
    tenant TEXT NOT NULL,
    stream TEXT NOT NULL,
    shape TEXT NOT NULL,
    version INTEGER NOT NULL,
    state BLOB NOT NULL,
    PRIMARY KEY (tenant, stream)
) STRICT;

CREATE TABLE commands (
    tenant TEXT NOT NULL,
    actor TEXT NOT NULL,
    command_id TEXT NOT NULL,
    input_hash BLOB NOT NULL,
    stream TEXT NOT NULL,
    version INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (tenant, actor, command_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX commands_at ON commands (at);

CREATE TABLE due (
    tenant TEXT NOT NULL,
    stream TEXT NOT NULL,
    what TEXT NOT NULL,
    at INTEGER NOT NULL,
    shard INTEGER NOT NULL,
    leased_until INTEGER NOT NULL,
    PRIMARY KEY (tenant, stream, what)
) STRICT, WITHOUT ROWID;
CREATE INDEX due_shard_at ON due (shard, at);

CREATE TABLE outbox (
    position INTEGER PRIMARY KEY,
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    destination TEXT NOT NULL,
    kind TEXT NOT NULL,
    payload BLOB NOT NULL,
    correlation_id TEXT NOT NULL,
    attempt INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_destination ON outbox (destination, position);

-- One row per destination with undelivered messages: a long queue costs one probe, not a scan.
CREATE TABLE outbox_lines (
    destination TEXT PRIMARY KEY,
    last_position INTEGER NOT NULL,
    leased_position INTEGER NOT NULL DEFAULT 0,
    state INTEGER NOT NULL DEFAULT 0,
    ready_at INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_lines_ready ON outbox_lines (ready_at);

CREATE TABLE outbox_dead (
    position INTEGER PRIMARY KEY,
    tenant TEXT NOT NULL,
    id TEXT NOT NULL,
    destination TEXT NOT NULL,
    kind TEXT NOT NULL,
    payload BLOB NOT NULL,
    correlation_id TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    error TEXT NOT NULL
) STRICT;

CREATE TABLE counters (
    tenant TEXT NOT NULL,
    counter TEXT NOT NULL,
    day TEXT NOT NULL,
    dimensions TEXT NOT NULL,
    total INTEGER NOT NULL,
    PRIMARY KEY (tenant, counter, day, dimensions)
) STRICT, WITHOUT ROWID;

CREATE TABLE key_owners (
    tenant TEXT NOT NULL,
    owner TEXT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (tenant, owner, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE lookups (
    tenant TEXT NOT NULL,
    kind TEXT NOT NULL,
    digest BLOB NOT NULL,
    id TEXT NOT NULL,
    owner TEXT NOT NULL,
    PRIMARY KEY (tenant, kind, digest, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX lookups_owner ON lookups (tenant, owner);

CREATE TABLE read_audit (
    position INTEGER PRIMARY KEY,
    tenant TEXT NOT NULL,
    actor TEXT NOT NULL,
    roles TEXT NOT NULL,
    purpose TEXT NOT NULL,
    operation TEXT NOT NULL,
    correlation_id TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE read_audit_records (
    tenant TEXT NOT NULL,
    record TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (tenant, record, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE view_tables (
    name TEXT PRIMARY KEY,
    built INTEGER NOT NULL
) STRICT;

CREATE TABLE process_state (
    storage TEXT NOT NULL,
    name TEXT NOT NULL,
    key TEXT NOT NULL,
    etag TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (storage, name, key)
) STRICT;

CREATE TABLE reminders (
    grain TEXT NOT NULL,
    name TEXT NOT NULL,
    next_at INTEGER NOT NULL,
    start_at INTEGER NOT NULL,
    period INTEGER NOT NULL,
    etag TEXT NOT NULL,
    PRIMARY KEY (grain, name)
) STRICT;
CREATE INDEX reminders_next ON reminders (next_at);
