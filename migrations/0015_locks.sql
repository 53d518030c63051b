-- Who edits what just now.

CREATE TABLE edit_locks (
  -- R28 to R34: while a person edits a record, nobody else writes to it. Kept here and not in memory,
  -- so that a restart keeps it and a change can be refused by it in the same transaction. At most one
  -- row for each record; a row past its end no longer holds anybody off and says only whose it was.
  tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  kind TEXT NOT NULL,
  record_id BLOB NOT NULL,
  -- The number that a save must know: each taking has a higher one than those before.
  token INTEGER NOT NULL,
  user_id BLOB NOT NULL,
  -- Whose lock had run out when this one was taken.
  former_id BLOB,
  since INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, kind, record_id)
) STRICT, WITHOUT ROWID;

-- Clearing away what ran out long ago.
CREATE INDEX edit_locks_by_end ON edit_locks (expires_at);

CREATE TABLE edit_lock_tokens (
  -- The highest token so far. It outlives the locks, so that an old one never becomes current again.
  one INTEGER PRIMARY KEY CHECK (one = 1),
  last INTEGER NOT NULL
) STRICT;

INSERT INTO edit_lock_tokens (one, last) VALUES (1, 0);
