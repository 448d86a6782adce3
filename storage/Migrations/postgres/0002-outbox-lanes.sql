-- Mail and streams are delivered beside each other: neither probe walks over the other's ready lines.
CREATE INDEX outbox_lines_lane ON outbox_lines ((CASE WHEN substr(destination, 1, 5) = 'mail:' THEN 1 ELSE 0 END), ready_at);
DROP INDEX outbox_lines_ready;
