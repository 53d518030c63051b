-- People, what they may do, and the lists that a tenant keeps for itself.
--
-- How every kind's table is made: migrations/README.md.

CREATE TABLE roles (
  -- What people in a tenant may do. The shipped roles are rows too, so that lists and forms show
  -- them, but their rights are code: no edit of a row can widen them.
  seq INTEGER PRIMARY KEY, id BLOB NOT NULL, tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  version INTEGER NOT NULL DEFAULT 1, created_at INTEGER NOT NULL, created_by BLOB, updated_at INTEGER NOT NULL,
  deleted_at INTEGER, deleted_with BLOB, external_id TEXT, custom TEXT NOT NULL DEFAULT '{}',
  name TEXT NOT NULL COLLATE NOCASE,
  label TEXT,
  about TEXT,
  shipped INTEGER,
  grants TEXT,
  hidden TEXT,
  locked TEXT,
  tier TEXT
) STRICT;

CREATE UNIQUE INDEX roles_id ON roles (tenant_id, id);
CREATE UNIQUE INDEX roles_external ON roles (tenant_id, external_id)
  WHERE external_id IS NOT NULL AND deleted_at IS NULL;
-- Users name their role: the name has to be one role's alone.
CREATE UNIQUE INDEX roles_by_name ON roles (tenant_id, name) WHERE deleted_at IS NULL;

CREATE TRIGGER roles_shipped_stay BEFORE UPDATE OF deleted_at ON roles
WHEN OLD.shipped = 1 AND NEW.deleted_at IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'guard:shipped_role');
END;
-- A user whose role is gone could not sign in any more, and nobody would know why.
CREATE TRIGGER roles_in_use_stay BEFORE UPDATE OF deleted_at ON roles
WHEN OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL
  AND EXISTS (SELECT 1 FROM users u WHERE u.tenant_id = OLD.tenant_id AND u.role = OLD.name AND u.deleted_at IS NULL)
BEGIN
  SELECT RAISE(ABORT, 'guard:in_use');
END;

CREATE TABLE users (
  -- A person in a tenant. Many never sign in (an imported sales agent); those who do are tied to an
  -- identity, and `company_id` or `contractor_id` bounds what a client or contractor sees.
  seq INTEGER PRIMARY KEY, id BLOB NOT NULL, tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  version INTEGER NOT NULL DEFAULT 1, created_at INTEGER NOT NULL, created_by BLOB, updated_at INTEGER NOT NULL,
  deleted_at INTEGER, deleted_with BLOB, external_id TEXT, custom TEXT NOT NULL DEFAULT '{}',
  name TEXT NOT NULL COLLATE NOCASE,
  email TEXT COLLATE NOCASE,
  phone TEXT,
  role TEXT COLLATE NOCASE,
  manager TEXT,
  region TEXT,
  company_id BLOB,
  contractor_id BLOB,
  tier TEXT,
  active INTEGER NOT NULL,
  identity_id BLOB REFERENCES identities (id),
  FOREIGN KEY (tenant_id, company_id) REFERENCES companies (tenant_id, id),
  FOREIGN KEY (tenant_id, contractor_id) REFERENCES contractors (tenant_id, id)
) STRICT;

CREATE UNIQUE INDEX users_id ON users (tenant_id, id);
CREATE UNIQUE INDEX users_external ON users (tenant_id, external_id)
  WHERE external_id IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX users_by_name ON users (tenant_id, name) WHERE deleted_at IS NULL;
-- One address is one person in a tenant, else an invitation would not know whom it means.
CREATE UNIQUE INDEX users_by_email ON users (tenant_id, email) WHERE email IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX users_by_role ON users (tenant_id, role);
CREATE INDEX users_by_company ON users (tenant_id, company_id) WHERE company_id IS NOT NULL;
CREATE INDEX users_by_contractor ON users (tenant_id, contractor_id) WHERE contractor_id IS NOT NULL;
-- Sign-in: in which tenants is this identity at home?
CREATE UNIQUE INDEX users_by_identity ON users (identity_id, tenant_id)
  WHERE identity_id IS NOT NULL AND deleted_at IS NULL;
-- Deleted users too: removing an identity must not search every user for it.
CREATE INDEX users_of_identity ON users (identity_id) WHERE identity_id IS NOT NULL;

CREATE TABLE contractors (
  -- Outside workers and the firms that send them.
  seq INTEGER PRIMARY KEY, id BLOB NOT NULL, tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  version INTEGER NOT NULL DEFAULT 1, created_at INTEGER NOT NULL, created_by BLOB, updated_at INTEGER NOT NULL,
  deleted_at INTEGER, deleted_with BLOB, external_id TEXT, custom TEXT NOT NULL DEFAULT '{}',
  name TEXT NOT NULL COLLATE NOCASE,
  trade TEXT,
  email TEXT COLLATE NOCASE,
  phone TEXT,
  address TEXT,
  description TEXT,
  active INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX contractors_id ON contractors (tenant_id, id);
CREATE UNIQUE INDEX contractors_external ON contractors (tenant_id, external_id)
  WHERE external_id IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX contractors_by_name ON contractors (tenant_id, name) WHERE deleted_at IS NULL;

CREATE TABLE status_options (
  -- The choices of lists that a tenant shapes itself, such as the stages of its deals.
  seq INTEGER PRIMARY KEY, id BLOB NOT NULL, tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  version INTEGER NOT NULL DEFAULT 1, created_at INTEGER NOT NULL, created_by BLOB, updated_at INTEGER NOT NULL,
  deleted_at INTEGER, deleted_with BLOB, external_id TEXT, custom TEXT NOT NULL DEFAULT '{}',
  list TEXT NOT NULL,
  name TEXT NOT NULL COLLATE NOCASE,
  label TEXT,
  counts_as TEXT,
  position INTEGER NOT NULL,
  probability INTEGER
) STRICT;

CREATE UNIQUE INDEX status_options_id ON status_options (tenant_id, id);
CREATE UNIQUE INDEX status_options_external ON status_options (tenant_id, external_id)
  WHERE external_id IS NOT NULL AND deleted_at IS NULL;
-- Records hold the name: it has to be one choice's alone in its list.
CREATE UNIQUE INDEX status_options_by_name ON status_options (tenant_id, list, name) WHERE deleted_at IS NULL;

CREATE TABLE custom_fields (
  -- Fields that a tenant adds to a kind. Their values live in each record's `custom`.
  seq INTEGER PRIMARY KEY, id BLOB NOT NULL, tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  version INTEGER NOT NULL DEFAULT 1, created_at INTEGER NOT NULL, created_by BLOB, updated_at INTEGER NOT NULL,
  deleted_at INTEGER, deleted_with BLOB, external_id TEXT, custom TEXT NOT NULL DEFAULT '{}',
  kind TEXT NOT NULL,
  name TEXT NOT NULL COLLATE NOCASE,
  label TEXT NOT NULL COLLATE NOCASE,
  type TEXT NOT NULL,
  options TEXT,
  required INTEGER NOT NULL,
  filterable INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX custom_fields_id ON custom_fields (tenant_id, id);
CREATE UNIQUE INDEX custom_fields_external ON custom_fields (tenant_id, external_id)
  WHERE external_id IS NOT NULL AND deleted_at IS NULL;
CREATE UNIQUE INDEX custom_fields_by_name ON custom_fields (tenant_id, kind, name) WHERE deleted_at IS NULL;
