-- What makes the web app one's own: saved lists, and the way back to what one looked at.

CREATE TABLE views (
  -- A list that somebody set up to come back to. A shared one is read by all who may read its kind.
  seq INTEGER PRIMARY KEY, id BLOB NOT NULL, tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  version INTEGER NOT NULL DEFAULT 1, created_at INTEGER NOT NULL, created_by BLOB, updated_at INTEGER NOT NULL,
  deleted_at INTEGER, deleted_with BLOB, external_id TEXT, custom TEXT NOT NULL DEFAULT '{}',
  name TEXT NOT NULL COLLATE NOCASE,
  kind TEXT NOT NULL,
  query TEXT,
  display TEXT,
  shared INTEGER NOT NULL,
  position INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX views_id ON views (tenant_id, id);
CREATE UNIQUE INDEX views_external ON views (tenant_id, external_id)
  WHERE external_id IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX views_by_name ON views (tenant_id, name) WHERE deleted_at IS NULL;
-- X02: the views of one kind, in the order of its tabs.
CREATE INDEX views_by_kind ON views (tenant_id, kind, position) WHERE deleted_at IS NULL;

CREATE TABLE recents (
  -- S42: the few records that a person opened last. Not part of any record: it goes and comes without
  -- a version and without a line in the log.
  tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  user_id BLOB NOT NULL,
  kind TEXT NOT NULL,
  record_id BLOB NOT NULL,
  opened_at INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, user_id, kind, record_id)
) STRICT, WITHOUT ROWID;
