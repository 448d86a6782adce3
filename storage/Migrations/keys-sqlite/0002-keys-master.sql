-- A start asks whether any key is wrapped with another master key than the present one.
CREATE INDEX keys_master ON keys (master);
