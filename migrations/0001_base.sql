-- What stands under every kind: who is on this server, who may come in, what happened, and the
-- machinery of writing. No kind's own table is here.

CREATE VIEW guard (code) AS SELECT NULL WHERE 0;

-- A change says what must still hold at commit by inserting into `guard` when it does not. An UPDATE
-- that finds no row is no error in SQLite; this is one, and it stops the change it stands in.
CREATE TRIGGER guard_refuses INSTEAD OF INSERT ON guard
BEGIN
  SELECT RAISE(ABORT, 'guard:' || NEW.code);
END;

CREATE TABLE tenants (
  -- One business on this server. Every other table carries its small `seq`, which leads every index,
  -- so that one business can never meet another's rows; only the UUID goes over the wire.
  seq INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  slug TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  zone TEXT NOT NULL DEFAULT 'UTC',
  currency TEXT NOT NULL DEFAULT 'USD',
  version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE identities (
  -- A person who can sign in, known by e-mail across tenants: one password however many businesses
  -- they work for. What they may do stands in each tenant's `users`.
  seq INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  email TEXT NOT NULL UNIQUE,
  password TEXT,
  operator INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE sessions (
  -- A signed-in browser or program. Only the token's digest is kept: whoever reads this table cannot
  -- act as anybody. The tenant and user are empty for an operator who belongs to no business.
  token_sha256 BLOB PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  identity_id BLOB NOT NULL REFERENCES identities (id),
  tenant_id INTEGER REFERENCES tenants (seq),
  user_id BLOB,
  created_at INTEGER NOT NULL,
  last_used_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  address TEXT,
  agent TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_by_identity ON sessions (identity_id);
CREATE INDEX sessions_by_tenant ON sessions (tenant_id, user_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE links (
  -- A link that works once: the first set-up, an invitation, a forgotten password. No mail server is
  -- needed, because an owner can copy it. The digest alone is kept, as for sessions.
  token_sha256 BLOB PRIMARY KEY,
  purpose TEXT NOT NULL,
  identity_id BLOB REFERENCES identities (id),
  tenant_id INTEGER REFERENCES tenants (seq),
  user_id BLOB,
  email TEXT,
  expires_at INTEGER NOT NULL,
  used_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE throttle (
  -- Who guessed passwords too often, by a digest of account and address prefix. In a table because a
  -- restart must not forgive.
  key BLOB PRIMARY KEY,
  failures INTEGER NOT NULL DEFAULT 0,
  window_start INTEGER NOT NULL,
  violations INTEGER NOT NULL DEFAULT 0,
  blocked_until INTEGER,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE server (
  -- Facts about the server as a whole, such as the secret that cursors are bound with.
  name TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE activity (
  -- Who changed what, from what, to what: written in the transaction of the change itself, so there
  -- is no change without its line and no line without its change.
  seq INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  at INTEGER NOT NULL,
  user_id BLOB,
  kind TEXT NOT NULL,
  record_id BLOB NOT NULL,
  action TEXT NOT NULL,
  version INTEGER,
  changes TEXT,
  import_id BLOB
) STRICT;

-- The history of one record; all of an import for its revert; a tenant's log over time (R15).
CREATE INDEX activity_by_record ON activity (tenant_id, kind, record_id, seq);
CREATE INDEX activity_by_import ON activity (tenant_id, import_id, seq) WHERE import_id IS NOT NULL;
CREATE INDEX activity_by_time ON activity (tenant_id, at);

CREATE TRIGGER activity_is_never_rewritten BEFORE UPDATE ON activity
BEGIN
  SELECT RAISE(ABORT, 'guard:append_only');
END;
CREATE TRIGGER activity_is_never_erased BEFORE DELETE ON activity
BEGIN
  SELECT RAISE(ABORT, 'guard:append_only');
END;

CREATE TABLE counters (
  -- The last number given out: `WO-2026-0001` is the first of the counter `work-orders` in 2026.
  tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  name TEXT NOT NULL,
  year INTEGER NOT NULL,
  value INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, name, year)
) STRICT, WITHOUT ROWID;

CREATE TABLE idempotency (
  -- What a POST with an Idempotency-Key made, so that a repeat of it makes nothing twice.
  tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  user_id BLOB NOT NULL,
  route TEXT NOT NULL,
  key TEXT NOT NULL,
  body_sha256 BLOB NOT NULL,
  kind TEXT NOT NULL,
  record_id BLOB NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, user_id, route, key)
) STRICT, WITHOUT ROWID;

-- Keys live for 24 hours; the oldest go first.
CREATE INDEX idempotency_by_age ON idempotency (created_at);

CREATE TABLE search_dirty (
  -- Rows whose search entry is behind. A trigger adds them inside the change, the writer works them
  -- off between changes: indexing text inside the change itself would halve the speed of writing.
  kind TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (kind, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE custom_index (
  -- The filterable ones of a tenant's own fields, copied out of the records' JSON: filtering 100,000
  -- JSON texts takes a whole core. Every live record of the kind has a row for each such field, NULL
  -- when it holds nothing, so that a sort by the field loses no record.
  tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  field INTEGER NOT NULL,
  value ANY,
  seq INTEGER NOT NULL
) STRICT;

CREATE INDEX custom_index_by_value ON custom_index (tenant_id, field, value, seq);
CREATE UNIQUE INDEX custom_index_by_record ON custom_index (field, seq);

CREATE TABLE imports (
  -- A file on its way in: what it holds, how it is mapped, how far it came. Kept afterwards, because
  -- an import can be taken back as a whole.
  seq INTEGER PRIMARY KEY,
  id BLOB NOT NULL,
  tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  kind TEXT NOT NULL,
  file_name TEXT NOT NULL,
  format TEXT NOT NULL,
  state TEXT NOT NULL,
  settings TEXT NOT NULL DEFAULT '{}',
  columns TEXT NOT NULL DEFAULT '[]',
  report TEXT NOT NULL DEFAULT '{}',
  total INTEGER NOT NULL DEFAULT 0,
  done INTEGER NOT NULL DEFAULT 0,
  created INTEGER NOT NULL DEFAULT 0,
  updated INTEGER NOT NULL DEFAULT 0,
  unchanged INTEGER NOT NULL DEFAULT 0,
  rejected INTEGER NOT NULL DEFAULT 0,
  warnings INTEGER NOT NULL DEFAULT 0,
  created_by BLOB,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  error TEXT
) STRICT;

CREATE UNIQUE INDEX imports_id ON imports (tenant_id, id);
-- What was under way when the server stopped.
CREATE INDEX imports_under_way ON imports (state) WHERE state IN ('checking', 'running', 'reverting');

CREATE TABLE import_rows (
  -- Rows of a file that were rejected, or taken with something left out, with the reason and the
  -- cells as they stood: they come back to the user as a file to correct.
  import_id BLOB NOT NULL,
  row INTEGER NOT NULL,
  sort TEXT NOT NULL,
  reason TEXT NOT NULL,
  cells TEXT NOT NULL
) STRICT;

CREATE INDEX import_rows_by_import ON import_rows (import_id, sort, row);
