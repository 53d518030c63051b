-- Customers, their places and people, and what is being sold to them.

CREATE TABLE companies (
  -- Customers and organisations. A client's login is bound to one of them, and so are, through
  -- sites, the machines and jobs that the client may see.
  seq INTEGER PRIMARY KEY, id BLOB NOT NULL, tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  version INTEGER NOT NULL DEFAULT 1, created_at INTEGER NOT NULL, created_by BLOB, updated_at INTEGER NOT NULL,
  deleted_at INTEGER, deleted_with BLOB, external_id TEXT, custom TEXT NOT NULL DEFAULT '{}',
  name TEXT NOT NULL COLLATE NOCASE,
  sector TEXT,
  website TEXT,
  phone TEXT,
  email TEXT COLLATE NOCASE,
  address TEXT,
  description TEXT,
  owner_id BLOB,
  active INTEGER NOT NULL,
  FOREIGN KEY (tenant_id, owner_id) REFERENCES users (tenant_id, id)
) STRICT;

CREATE UNIQUE INDEX companies_id ON companies (tenant_id, id);
CREATE UNIQUE INDEX companies_external ON companies (tenant_id, external_id)
  WHERE external_id IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX companies_by_creation ON companies (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX companies_by_name ON companies (tenant_id, name) WHERE deleted_at IS NULL;
-- R13, R14, R20: the active ones by name, in lists and in the fields of forms.
CREATE INDEX companies_by_active ON companies (tenant_id, active, name) WHERE deleted_at IS NULL;
CREATE INDEX companies_by_owner ON companies (tenant_id, owner_id, created_at) WHERE owner_id IS NOT NULL;

CREATE TABLE sites (
  -- A company's branches: where the machines stand and where people drive to.
  seq INTEGER PRIMARY KEY, id BLOB NOT NULL, tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  version INTEGER NOT NULL DEFAULT 1, created_at INTEGER NOT NULL, created_by BLOB, updated_at INTEGER NOT NULL,
  deleted_at INTEGER, deleted_with BLOB, external_id TEXT, custom TEXT NOT NULL DEFAULT '{}',
  name TEXT NOT NULL COLLATE NOCASE,
  company_id BLOB,
  address TEXT,
  lat REAL,
  lng REAL,
  phone TEXT,
  access_codes TEXT,
  description TEXT,
  health_score INTEGER,
  active INTEGER NOT NULL,
  FOREIGN KEY (tenant_id, company_id) REFERENCES companies (tenant_id, id)
) STRICT;

CREATE UNIQUE INDEX sites_id ON sites (tenant_id, id);
CREATE UNIQUE INDEX sites_external ON sites (tenant_id, external_id)
  WHERE external_id IS NOT NULL AND deleted_at IS NULL;
-- S14, S20: lists of sites that are there.
CREATE INDEX sites_by_creation ON sites (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX sites_by_name ON sites (tenant_id, name) WHERE deleted_at IS NULL;
-- S17: the dashboard's weakest sites first.
CREATE INDEX sites_by_health ON sites (tenant_id, health_score) WHERE deleted_at IS NULL;
-- R13: a company's active branches by name; also what a client may see.
CREATE INDEX sites_by_company ON sites (tenant_id, company_id, active, name) WHERE company_id IS NOT NULL;

CREATE TABLE contacts (
  -- People at a company. `name` is what people call them, made of the two other names, so that lists
  -- sort and search one column.
  seq INTEGER PRIMARY KEY, id BLOB NOT NULL, tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  version INTEGER NOT NULL DEFAULT 1, created_at INTEGER NOT NULL, created_by BLOB, updated_at INTEGER NOT NULL,
  deleted_at INTEGER, deleted_with BLOB, external_id TEXT, custom TEXT NOT NULL DEFAULT '{}',
  name TEXT COLLATE NOCASE,
  last_name TEXT NOT NULL COLLATE NOCASE,
  first_name TEXT COLLATE NOCASE,
  email TEXT COLLATE NOCASE,
  phone TEXT,
  mobile TEXT,
  job_title TEXT,
  company_id BLOB,
  description TEXT,
  active INTEGER NOT NULL,
  FOREIGN KEY (tenant_id, company_id) REFERENCES companies (tenant_id, id)
) STRICT;

CREATE UNIQUE INDEX contacts_id ON contacts (tenant_id, id);
CREATE UNIQUE INDEX contacts_external ON contacts (tenant_id, external_id)
  WHERE external_id IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX contacts_by_creation ON contacts (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX contacts_by_name ON contacts (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX contacts_by_last_name ON contacts (tenant_id, last_name) WHERE deleted_at IS NULL;
CREATE INDEX contacts_by_email ON contacts (tenant_id, email) WHERE email IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX contacts_by_company ON contacts (tenant_id, company_id, name) WHERE company_id IS NOT NULL;

CREATE TABLE deals (
  -- What might be sold, is, or was not. `stage` names one of the tenant's own stages by its text and
  -- not by reference, so that a retired stage stays readable in old deals.
  seq INTEGER PRIMARY KEY, id BLOB NOT NULL, tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  version INTEGER NOT NULL DEFAULT 1, created_at INTEGER NOT NULL, created_by BLOB, updated_at INTEGER NOT NULL,
  deleted_at INTEGER, deleted_with BLOB, external_id TEXT, custom TEXT NOT NULL DEFAULT '{}',
  name TEXT NOT NULL COLLATE NOCASE,
  company_id BLOB,
  contact_id BLOB,
  product_id BLOB,
  stage TEXT COLLATE NOCASE,
  value INTEGER,
  currency TEXT,
  probability INTEGER,
  opened_on TEXT,
  expected_on TEXT,
  closed_on TEXT,
  owner_id BLOB,
  description TEXT,
  FOREIGN KEY (tenant_id, company_id) REFERENCES companies (tenant_id, id),
  FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id),
  FOREIGN KEY (tenant_id, product_id) REFERENCES products (tenant_id, id),
  FOREIGN KEY (tenant_id, owner_id) REFERENCES users (tenant_id, id)
) STRICT;

CREATE UNIQUE INDEX deals_id ON deals (tenant_id, id);
CREATE UNIQUE INDEX deals_external ON deals (tenant_id, external_id)
  WHERE external_id IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX deals_by_creation ON deals (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX deals_by_name ON deals (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX deals_by_value ON deals (tenant_id, value) WHERE deleted_at IS NULL;
CREATE INDEX deals_by_expected ON deals (tenant_id, expected_on) WHERE deleted_at IS NULL;
CREATE INDEX deals_by_closed ON deals (tenant_id, closed_on) WHERE deleted_at IS NULL;
-- The board: one column after the other, newest first.
CREATE INDEX deals_by_stage ON deals (tenant_id, stage, created_at) WHERE deleted_at IS NULL;
CREATE INDEX deals_by_owner ON deals (tenant_id, owner_id, stage, created_at) WHERE owner_id IS NOT NULL;
CREATE INDEX deals_by_company ON deals (tenant_id, company_id, created_at) WHERE company_id IS NOT NULL;
CREATE INDEX deals_by_contact ON deals (tenant_id, contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX deals_by_product ON deals (tenant_id, product_id) WHERE product_id IS NOT NULL;
