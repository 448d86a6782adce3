-- When a key was made, in milliseconds: the first 48 bits of its id, which base64url does not keep in the order of bytes. A start asks for the newest.
ALTER TABLE key_owners ADD COLUMN made INTEGER GENERATED ALWAYS AS (
    ((((((((instr('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_', substr(key, 1, 1)) - 1)) * 64
        + instr('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_', substr(key, 2, 1)) - 1) * 64
        + instr('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_', substr(key, 3, 1)) - 1) * 64
        + instr('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_', substr(key, 4, 1)) - 1) * 64
        + instr('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_', substr(key, 5, 1)) - 1) * 64
        + instr('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_', substr(key, 6, 1)) - 1) * 64
        + instr('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_', substr(key, 7, 1)) - 1) * 64
        + instr('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_', substr(key, 8, 1)) - 1
    ) VIRTUAL;
CREATE INDEX key_owners_made ON key_owners (made);
