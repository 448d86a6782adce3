-- Since when a line has been failing (0: it is not) and the kind of the last error: never a server's words, which repeat addresses.
ALTER TABLE outbox_lines ADD COLUMN failing_since INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox_lines ADD COLUMN error TEXT NOT NULL DEFAULT '';
