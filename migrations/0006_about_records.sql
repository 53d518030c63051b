-- What people add to any record: tasks, notes and files. `about_kind` and `about_id` name the record;
-- no foreign key can, because it may lie in any table. Such a row is seen only where its record is.

CREATE TABLE tasks (
  -- Things to do, about a record or about nothing in particular.
  seq INTEGER PRIMARY KEY, id BLOB NOT NULL, tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  version INTEGER NOT NULL DEFAULT 1, created_at INTEGER NOT NULL, created_by BLOB, updated_at INTEGER NOT NULL,
  deleted_at INTEGER, deleted_with BLOB, external_id TEXT, custom TEXT NOT NULL DEFAULT '{}',
  title TEXT NOT NULL COLLATE NOCASE,
  description TEXT,
  status TEXT NOT NULL,
  assignee_id BLOB,
  due_at INTEGER,
  completed_at INTEGER,
  about_kind TEXT,
  about_id BLOB,
  FOREIGN KEY (tenant_id, assignee_id) REFERENCES users (tenant_id, id)
) STRICT;

CREATE UNIQUE INDEX tasks_id ON tasks (tenant_id, id);
CREATE UNIQUE INDEX tasks_external ON tasks (tenant_id, external_id)
  WHERE external_id IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX tasks_by_creation ON tasks (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX tasks_by_status ON tasks (tenant_id, status, created_at) WHERE deleted_at IS NULL;
CREATE INDEX tasks_by_due ON tasks (tenant_id, due_at) WHERE deleted_at IS NULL;
-- R13, R26: my tasks, the next due first.
CREATE INDEX tasks_by_assignee ON tasks (tenant_id, assignee_id, status, due_at) WHERE assignee_id IS NOT NULL;
-- R14, R17: what is still to do, by person.
CREATE INDEX tasks_open ON tasks (tenant_id, assignee_id, due_at)
  WHERE status IN ('pending', 'in_progress') AND deleted_at IS NULL;
CREATE INDEX tasks_by_record ON tasks (tenant_id, about_id, created_at) WHERE about_id IS NOT NULL;

CREATE TABLE notes (
  -- What somebody wrote down about a record.
  seq INTEGER PRIMARY KEY, id BLOB NOT NULL, tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  version INTEGER NOT NULL DEFAULT 1, created_at INTEGER NOT NULL, created_by BLOB, updated_at INTEGER NOT NULL,
  deleted_at INTEGER, deleted_with BLOB, external_id TEXT, custom TEXT NOT NULL DEFAULT '{}',
  body TEXT NOT NULL,
  about_kind TEXT NOT NULL,
  about_id BLOB NOT NULL
) STRICT;

CREATE UNIQUE INDEX notes_id ON notes (tenant_id, id);
CREATE UNIQUE INDEX notes_external ON notes (tenant_id, external_id)
  WHERE external_id IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX notes_by_creation ON notes (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX notes_by_record ON notes (tenant_id, about_id, created_at);

CREATE TABLE attachments (
  -- What is known of a file: its name, its sort and the digest under which its bytes are kept.
  seq INTEGER PRIMARY KEY, id BLOB NOT NULL, tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  version INTEGER NOT NULL DEFAULT 1, created_at INTEGER NOT NULL, created_by BLOB, updated_at INTEGER NOT NULL,
  deleted_at INTEGER, deleted_with BLOB, external_id TEXT, custom TEXT NOT NULL DEFAULT '{}',
  name TEXT NOT NULL COLLATE NOCASE,
  media_type TEXT,
  bytes INTEGER,
  sha256 TEXT,
  about_kind TEXT NOT NULL,
  about_id BLOB NOT NULL
) STRICT;

CREATE UNIQUE INDEX attachments_id ON attachments (tenant_id, id);
CREATE UNIQUE INDEX attachments_external ON attachments (tenant_id, external_id)
  WHERE external_id IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX attachments_by_record ON attachments (tenant_id, about_id, created_at);
