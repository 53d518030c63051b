-- What the business sells and keeps: small lists that records refer to.

CREATE TABLE categories (
  -- Groups of products, services and parts.
  seq INTEGER PRIMARY KEY, id BLOB NOT NULL, tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  version INTEGER NOT NULL DEFAULT 1, created_at INTEGER NOT NULL, created_by BLOB, updated_at INTEGER NOT NULL,
  deleted_at INTEGER, deleted_with BLOB, external_id TEXT, custom TEXT NOT NULL DEFAULT '{}',
  name TEXT NOT NULL COLLATE NOCASE,
  description TEXT
) STRICT;

CREATE UNIQUE INDEX categories_id ON categories (tenant_id, id);
CREATE UNIQUE INDEX categories_external ON categories (tenant_id, external_id)
  WHERE external_id IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX categories_by_name ON categories (tenant_id, name) WHERE deleted_at IS NULL;

CREATE TABLE suppliers (
  -- Where products and parts are bought.
  seq INTEGER PRIMARY KEY, id BLOB NOT NULL, tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  version INTEGER NOT NULL DEFAULT 1, created_at INTEGER NOT NULL, created_by BLOB, updated_at INTEGER NOT NULL,
  deleted_at INTEGER, deleted_with BLOB, external_id TEXT, custom TEXT NOT NULL DEFAULT '{}',
  name TEXT NOT NULL COLLATE NOCASE,
  website TEXT,
  email TEXT COLLATE NOCASE,
  phone TEXT,
  address TEXT,
  description TEXT,
  active INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX suppliers_id ON suppliers (tenant_id, id);
CREATE UNIQUE INDEX suppliers_external ON suppliers (tenant_id, external_id)
  WHERE external_id IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX suppliers_by_name ON suppliers (tenant_id, name) WHERE deleted_at IS NULL;

CREATE TABLE products (
  -- What can be sold, and for how much. Money is whole minor units beside its currency: no rounding.
  seq INTEGER PRIMARY KEY, id BLOB NOT NULL, tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  version INTEGER NOT NULL DEFAULT 1, created_at INTEGER NOT NULL, created_by BLOB, updated_at INTEGER NOT NULL,
  deleted_at INTEGER, deleted_with BLOB, external_id TEXT, custom TEXT NOT NULL DEFAULT '{}',
  name TEXT NOT NULL COLLATE NOCASE,
  number TEXT COLLATE NOCASE,
  category_id BLOB,
  supplier_id BLOB,
  price INTEGER,
  currency TEXT,
  description TEXT,
  active INTEGER NOT NULL,
  FOREIGN KEY (tenant_id, category_id) REFERENCES categories (tenant_id, id),
  FOREIGN KEY (tenant_id, supplier_id) REFERENCES suppliers (tenant_id, id)
) STRICT;

CREATE UNIQUE INDEX products_id ON products (tenant_id, id);
CREATE UNIQUE INDEX products_external ON products (tenant_id, external_id)
  WHERE external_id IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX products_by_name ON products (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX products_by_category ON products (tenant_id, category_id) WHERE category_id IS NOT NULL;
CREATE INDEX products_by_supplier ON products (tenant_id, supplier_id) WHERE supplier_id IS NOT NULL;

CREATE TABLE services (
  -- What the team does: the catalogue that work orders name.
  seq INTEGER PRIMARY KEY, id BLOB NOT NULL, tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  version INTEGER NOT NULL DEFAULT 1, created_at INTEGER NOT NULL, created_by BLOB, updated_at INTEGER NOT NULL,
  deleted_at INTEGER, deleted_with BLOB, external_id TEXT, custom TEXT NOT NULL DEFAULT '{}',
  name TEXT NOT NULL COLLATE NOCASE,
  category_id BLOB,
  minutes INTEGER,
  price INTEGER,
  currency TEXT,
  description TEXT,
  active INTEGER NOT NULL,
  FOREIGN KEY (tenant_id, category_id) REFERENCES categories (tenant_id, id)
) STRICT;

CREATE UNIQUE INDEX services_id ON services (tenant_id, id);
CREATE UNIQUE INDEX services_external ON services (tenant_id, external_id)
  WHERE external_id IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX services_by_name ON services (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX services_by_category ON services (tenant_id, category_id) WHERE category_id IS NOT NULL;

CREATE TABLE stock_items (
  -- Parts on the shelf and in the vans.
  seq INTEGER PRIMARY KEY, id BLOB NOT NULL, tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  version INTEGER NOT NULL DEFAULT 1, created_at INTEGER NOT NULL, created_by BLOB, updated_at INTEGER NOT NULL,
  deleted_at INTEGER, deleted_with BLOB, external_id TEXT, custom TEXT NOT NULL DEFAULT '{}',
  name TEXT NOT NULL COLLATE NOCASE,
  number TEXT COLLATE NOCASE,
  category_id BLOB,
  supplier_id BLOB,
  quantity REAL NOT NULL,
  unit TEXT,
  reorder_at REAL,
  location TEXT,
  price INTEGER,
  currency TEXT,
  description TEXT,
  active INTEGER NOT NULL,
  FOREIGN KEY (tenant_id, category_id) REFERENCES categories (tenant_id, id),
  FOREIGN KEY (tenant_id, supplier_id) REFERENCES suppliers (tenant_id, id)
) STRICT;

CREATE UNIQUE INDEX stock_items_id ON stock_items (tenant_id, id);
-- S14's tenant index on stock is the one by name.
CREATE UNIQUE INDEX stock_items_external ON stock_items (tenant_id, external_id)
  WHERE external_id IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX stock_items_by_name ON stock_items (tenant_id, name) WHERE deleted_at IS NULL;
CREATE INDEX stock_items_by_category ON stock_items (tenant_id, category_id) WHERE category_id IS NOT NULL;
CREATE INDEX stock_items_by_supplier ON stock_items (tenant_id, supplier_id) WHERE supplier_id IS NOT NULL;
