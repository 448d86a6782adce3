CREATE TABLE head (
    id bigint PRIMARY KEY CHECK (id = 1),
    position bigint NOT NULL,
    hmac bytea NOT NULL,
    outbox bigint NOT NULL,
    audit bigint NOT NULL
);
INSERT INTO head VALUES (1, 0, decode(repeat('00', 32), 'hex'), 0, 0);

CREATE TABLE events (
    position bigint PRIMARY KEY,
    tenant text COLLATE "C" NOT NULL,
    stream text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    type text COLLATE "C" NOT NULL,
    at bigint NOT NULL,
    actor text COLLATE "C" NOT NULL,
    command_id text COLLATE "C",
    correlation_id text COLLATE "C" NOT NULL,
    payload bytea NOT NULL,
    prev_hash bytea NOT NULL,
    hash bytea NOT NULL,
    UNIQUE (tenant, stream, version)
);

CREATE TABLE streams (
    tenant text COLLATE "C" NOT NULL,
    stream text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    last_hash bytea NOT NULL,
    PRIMARY KEY (tenant, stream)
);

CREATE TABLE snapshots (
    tenant text COLLATE "C" NOT NULL,
    stream text COLLATE "C" NOT NULL,
    shape text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    state bytea NOT NULL,
    PRIMARY KEY (tenant, stream)
);

CREATE TABLE commands (
    tenant text COLLATE "C" NOT NULL,
    actor text COLLATE "C" NOT NULL,
    command_id text COLLATE "C" NOT NULL,
    input_hash bytea NOT NULL,
    stream text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    at bigint NOT NULL,
    PRIMARY KEY (tenant, actor, command_id)
);
CREATE INDEX commands_at ON commands (at);

CREATE TABLE due (
    tenant text COLLATE "C" NOT NULL,
    stream text COLLATE "C" NOT NULL,
    what text COLLATE "C" NOT NULL,
    at bigint NOT NULL,
    shard bigint NOT NULL,
    leased_until bigint NOT NULL,
    PRIMARY KEY (tenant, stream, what)
);
CREATE INDEX due_shard_at ON due (shard, at);

CREATE TABLE outbox (
    position bigint PRIMARY KEY,
    tenant text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    destination text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    payload bytea NOT NULL,
    correlation_id text COLLATE "C" NOT NULL,
    attempt bigint NOT NULL
);
CREATE INDEX outbox_destination ON outbox (destination, position);

-- One row per destination with undelivered messages: a long queue costs one probe, not a scan.
CREATE TABLE outbox_lines (
    destination text COLLATE "C" PRIMARY KEY,
    last_position bigint NOT NULL,
    leased_position bigint NOT NULL DEFAULT 0,
    state bigint NOT NULL DEFAULT 0,
    ready_at bigint NOT NULL DEFAULT 0
);
CREATE INDEX outbox_lines_ready ON outbox_lines (ready_at);

CREATE TABLE outbox_dead (
    position bigint PRIMARY KEY,
    tenant text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    destination text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    payload bytea NOT NULL,
    correlation_id text COLLATE "C" NOT NULL,
    attempt bigint NOT NULL,
    error text COLLATE "C" NOT NULL
);

CREATE TABLE counters (
    tenant text COLLATE "C" NOT NULL,
    counter text COLLATE "C" NOT NULL,
    day text COLLATE "C" NOT NULL,
    dimensions text COLLATE "C" NOT NULL,
    total bigint NOT NULL,
    PRIMARY KEY (tenant, counter, day, dimensions)
);

CREATE TABLE key_owners (
    tenant text COLLATE "C" NOT NULL,
    owner text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant, owner, key)
);

CREATE TABLE lookups (
    tenant text COLLATE "C" NOT NULL,
    kind text COLLATE "C" NOT NULL,
    digest bytea NOT NULL,
    id text COLLATE "C" NOT NULL,
    owner text COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant, kind, digest, id)
);
CREATE INDEX lookups_owner ON lookups (tenant, owner);

CREATE TABLE read_audit (
    position bigint PRIMARY KEY,
    tenant text COLLATE "C" NOT NULL,
    actor text COLLATE "C" NOT NULL,
    roles text COLLATE "C" NOT NULL,
    purpose text COLLATE "C" NOT NULL,
    operation text COLLATE "C" NOT NULL,
    correlation_id text COLLATE "C" NOT NULL,
    at bigint NOT NULL
);

CREATE TABLE read_audit_records (
    tenant text COLLATE "C" NOT NULL,
    record text COLLATE "C" NOT NULL,
    position bigint NOT NULL,
    PRIMARY KEY (tenant, record, position)
);

CREATE TABLE view_tables (
    name text COLLATE "C" PRIMARY KEY,
    built bigint NOT NULL
);

CREATE TABLE process_state (
    storage text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL,
    etag text COLLATE "C" NOT NULL,
    bytes bytea NOT NULL,
    PRIMARY KEY (storage, name, key)
);

CREATE TABLE reminders (
    grain text COLLATE "C" NOT NULL,
    name text COLLATE "C" NOT NULL,
    next_at bigint NOT NULL,
    start_at bigint NOT NULL,
    period bigint NOT NULL,
    etag text COLLATE "C" NOT NULL,
    PRIMARY KEY (grain, name)
);
CREATE INDEX reminders_next ON reminders (next_at);
