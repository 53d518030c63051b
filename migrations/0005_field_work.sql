-- Machines, the work on them, and what came of it.

CREATE TABLE equipment (
  -- Customers' machines. `company_id` is the site's company, copied here because a client's list must
  -- be one index range and not a join over everybody's machines; 0007 keeps it true through moves.
  seq INTEGER PRIMARY KEY, id BLOB NOT NULL, tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  version INTEGER NOT NULL DEFAULT 1, created_at INTEGER NOT NULL, created_by BLOB, updated_at INTEGER NOT NULL,
  deleted_at INTEGER, deleted_with BLOB, external_id TEXT, custom TEXT NOT NULL DEFAULT '{}',
  name TEXT NOT NULL COLLATE NOCASE,
  serial TEXT COLLATE NOCASE,
  type TEXT COLLATE NOCASE,
  status TEXT NOT NULL,
  site_id BLOB,
  manufacturer TEXT,
  model TEXT,
  installed_on TEXT,
  warranty_until TEXT,
  calibration_due TEXT,
  inspection_due TEXT,
  lat REAL,
  lng REAL,
  description TEXT,
  company_id BLOB,
  FOREIGN KEY (tenant_id, site_id) REFERENCES sites (tenant_id, id),
  FOREIGN KEY (tenant_id, company_id) REFERENCES companies (tenant_id, id)
) STRICT;

CREATE UNIQUE INDEX equipment_id ON equipment (tenant_id, id);
CREATE UNIQUE INDEX equipment_external ON equipment (tenant_id, external_id)
  WHERE external_id IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX equipment_by_creation ON equipment (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX equipment_by_name ON equipment (tenant_id, name) WHERE deleted_at IS NULL;
-- S17: machines by status, newest first.
CREATE INDEX equipment_by_status ON equipment (tenant_id, status, created_at) WHERE deleted_at IS NULL;
-- S23, R21: what falls due. All machines are in it, because the list sorts by it too; those without a
-- day lie together at its start and cost next to nothing.
CREATE INDEX equipment_by_inspection ON equipment (tenant_id, inspection_due) WHERE deleted_at IS NULL;
CREATE INDEX equipment_by_calibration ON equipment (tenant_id, calibration_due) WHERE deleted_at IS NULL;
-- S18: found by its serial number, and told apart by it in an import.
CREATE INDEX equipment_by_serial ON equipment (tenant_id, serial) WHERE serial IS NOT NULL AND deleted_at IS NULL;
-- R13, S15: what stands at a site, the next due first.
CREATE INDEX equipment_by_site ON equipment (tenant_id, site_id, inspection_due) WHERE site_id IS NOT NULL;
-- R42: what a client may see.
CREATE INDEX equipment_by_company ON equipment (tenant_id, company_id, created_at) WHERE company_id IS NOT NULL;

CREATE TABLE work_orders (
  -- Field work, from the first call to the invoice. `company_id` is the site's company, as it is for
  -- equipment.
  seq INTEGER PRIMARY KEY, id BLOB NOT NULL, tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  version INTEGER NOT NULL DEFAULT 1, created_at INTEGER NOT NULL, created_by BLOB, updated_at INTEGER NOT NULL,
  deleted_at INTEGER, deleted_with BLOB, external_id TEXT, custom TEXT NOT NULL DEFAULT '{}',
  number TEXT COLLATE NOCASE,
  title TEXT NOT NULL COLLATE NOCASE,
  description TEXT,
  priority TEXT NOT NULL,
  status TEXT NOT NULL,
  site_id BLOB,
  equipment_id BLOB,
  contact_id BLOB,
  service_id BLOB,
  contractor_id BLOB,
  assigned_to BLOB,
  due_at INTEGER,
  scheduled_at INTEGER,
  started_at INTEGER,
  completed_at INTEGER,
  invoiced_at INTEGER,
  checklist TEXT,
  recurrence TEXT,
  resolution TEXT,
  company_id BLOB,
  FOREIGN KEY (tenant_id, site_id) REFERENCES sites (tenant_id, id),
  FOREIGN KEY (tenant_id, equipment_id) REFERENCES equipment (tenant_id, id),
  FOREIGN KEY (tenant_id, contact_id) REFERENCES contacts (tenant_id, id),
  FOREIGN KEY (tenant_id, service_id) REFERENCES services (tenant_id, id),
  FOREIGN KEY (tenant_id, contractor_id) REFERENCES contractors (tenant_id, id),
  FOREIGN KEY (tenant_id, assigned_to) REFERENCES users (tenant_id, id),
  FOREIGN KEY (tenant_id, company_id) REFERENCES companies (tenant_id, id)
) STRICT;

CREATE UNIQUE INDEX work_orders_id ON work_orders (tenant_id, id);
CREATE UNIQUE INDEX work_orders_external ON work_orders (tenant_id, external_id)
  WHERE external_id IS NOT NULL AND deleted_at IS NULL;
-- S18: people say the number on the phone, so no two live orders may share one.
CREATE UNIQUE INDEX work_orders_by_number ON work_orders (tenant_id, number) WHERE deleted_at IS NULL;
-- S16, S17: the lists.
CREATE INDEX work_orders_by_creation ON work_orders (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX work_orders_by_status ON work_orders (tenant_id, status, created_at) WHERE deleted_at IS NULL;
CREATE INDEX work_orders_by_priority ON work_orders (tenant_id, priority, created_at) WHERE deleted_at IS NULL;
CREATE INDEX work_orders_by_priority_and_status ON work_orders (tenant_id, priority, status, created_at)
  WHERE deleted_at IS NULL;
CREATE INDEX work_orders_by_due ON work_orders (tenant_id, due_at) WHERE deleted_at IS NULL;
-- X02: the calendar.
CREATE INDEX work_orders_by_schedule ON work_orders (tenant_id, scheduled_at) WHERE deleted_at IS NULL;
-- R14, S21, S22: what is open, by priority and age; emergencies, the newest first.
CREATE INDEX work_orders_open ON work_orders (tenant_id, priority, created_at)
  WHERE status NOT IN ('completed', 'invoiced', 'cancelled') AND deleted_at IS NULL;
-- R13, S16, R26: my orders, and a contractor's.
CREATE INDEX work_orders_by_assignee ON work_orders (tenant_id, assigned_to, status, created_at)
  WHERE assigned_to IS NOT NULL;
CREATE INDEX work_orders_by_contractor ON work_orders (tenant_id, contractor_id, status, created_at)
  WHERE contractor_id IS NOT NULL;
-- S15: the work at a site and on a machine.
CREATE INDEX work_orders_by_site ON work_orders (tenant_id, site_id, created_at) WHERE site_id IS NOT NULL;
CREATE INDEX work_orders_by_equipment ON work_orders (tenant_id, equipment_id, created_at)
  WHERE equipment_id IS NOT NULL;
CREATE INDEX work_orders_by_contact ON work_orders (tenant_id, contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX work_orders_by_service ON work_orders (tenant_id, service_id) WHERE service_id IS NOT NULL;
-- R16, R42: what a client may see, and how much of it is open.
CREATE INDEX work_orders_by_company ON work_orders (tenant_id, company_id, created_at) WHERE company_id IS NOT NULL;

-- A number that comes from outside (an import of last year's orders) moves the counter past it;
-- otherwise the next order would be given a number that is taken. Seven digits are a real number,
-- more are a typing error that must not use the counter up.
CREATE TRIGGER work_orders_number_given AFTER INSERT ON work_orders
WHEN NEW.number GLOB 'WO-[0-9][0-9][0-9][0-9]-[0-9]*' AND length(NEW.number) <= 15
BEGIN
  INSERT INTO counters (tenant_id, name, year, value)
  VALUES (NEW.tenant_id, 'work-orders', CAST(substr(NEW.number, 4, 4) AS INTEGER), CAST(substr(NEW.number, 9) AS INTEGER))
  ON CONFLICT (tenant_id, name, year) DO UPDATE SET value = max(value, excluded.value);
END;
CREATE TRIGGER work_orders_number_changed AFTER UPDATE OF number ON work_orders
WHEN NEW.number GLOB 'WO-[0-9][0-9][0-9][0-9]-[0-9]*' AND length(NEW.number) <= 15
BEGIN
  INSERT INTO counters (tenant_id, name, year, value)
  VALUES (NEW.tenant_id, 'work-orders', CAST(substr(NEW.number, 4, 4) AS INTEGER), CAST(substr(NEW.number, 9) AS INTEGER))
  ON CONFLICT (tenant_id, name, year) DO UPDATE SET value = max(value, excluded.value);
END;

CREATE TABLE time_logs (
  -- Who worked on an order, and how long.
  seq INTEGER PRIMARY KEY, id BLOB NOT NULL, tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  version INTEGER NOT NULL DEFAULT 1, created_at INTEGER NOT NULL, created_by BLOB, updated_at INTEGER NOT NULL,
  deleted_at INTEGER, deleted_with BLOB, external_id TEXT, custom TEXT NOT NULL DEFAULT '{}',
  work_order_id BLOB NOT NULL,
  user_id BLOB,
  started_at INTEGER,
  ended_at INTEGER,
  minutes INTEGER,
  billable INTEGER NOT NULL,
  description TEXT,
  FOREIGN KEY (tenant_id, work_order_id) REFERENCES work_orders (tenant_id, id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES users (tenant_id, id)
) STRICT;

CREATE UNIQUE INDEX time_logs_id ON time_logs (tenant_id, id);
CREATE UNIQUE INDEX time_logs_external ON time_logs (tenant_id, external_id)
  WHERE external_id IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX time_logs_by_creation ON time_logs (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX time_logs_by_start ON time_logs (tenant_id, started_at) WHERE deleted_at IS NULL;
CREATE INDEX time_logs_by_work_order ON time_logs (tenant_id, work_order_id);
CREATE INDEX time_logs_by_user ON time_logs (tenant_id, user_id, started_at) WHERE user_id IS NOT NULL;

CREATE TABLE part_logs (
  -- What was used up on an order: a part from stock, or something bought on the way.
  seq INTEGER PRIMARY KEY, id BLOB NOT NULL, tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  version INTEGER NOT NULL DEFAULT 1, created_at INTEGER NOT NULL, created_by BLOB, updated_at INTEGER NOT NULL,
  deleted_at INTEGER, deleted_with BLOB, external_id TEXT, custom TEXT NOT NULL DEFAULT '{}',
  work_order_id BLOB NOT NULL,
  stock_item_id BLOB,
  description TEXT,
  quantity REAL NOT NULL,
  price INTEGER,
  currency TEXT,
  FOREIGN KEY (tenant_id, work_order_id) REFERENCES work_orders (tenant_id, id),
  FOREIGN KEY (tenant_id, stock_item_id) REFERENCES stock_items (tenant_id, id)
) STRICT;

CREATE UNIQUE INDEX part_logs_id ON part_logs (tenant_id, id);
CREATE UNIQUE INDEX part_logs_external ON part_logs (tenant_id, external_id)
  WHERE external_id IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX part_logs_by_creation ON part_logs (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX part_logs_by_work_order ON part_logs (tenant_id, work_order_id);
CREATE INDEX part_logs_by_stock_item ON part_logs (tenant_id, stock_item_id) WHERE stock_item_id IS NOT NULL;

CREATE TABLE certificates (
  -- What an inspection found, and until when it counts. `company_id` is the machine's company.
  seq INTEGER PRIMARY KEY, id BLOB NOT NULL, tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  version INTEGER NOT NULL DEFAULT 1, created_at INTEGER NOT NULL, created_by BLOB, updated_at INTEGER NOT NULL,
  deleted_at INTEGER, deleted_with BLOB, external_id TEXT, custom TEXT NOT NULL DEFAULT '{}',
  number TEXT COLLATE NOCASE,
  equipment_id BLOB,
  work_order_id BLOB,
  issued_on TEXT,
  valid_until TEXT,
  result TEXT,
  inspector TEXT,
  description TEXT,
  company_id BLOB,
  FOREIGN KEY (tenant_id, equipment_id) REFERENCES equipment (tenant_id, id),
  FOREIGN KEY (tenant_id, work_order_id) REFERENCES work_orders (tenant_id, id),
  FOREIGN KEY (tenant_id, company_id) REFERENCES companies (tenant_id, id)
) STRICT;

CREATE UNIQUE INDEX certificates_id ON certificates (tenant_id, id);
CREATE UNIQUE INDEX certificates_external ON certificates (tenant_id, external_id)
  WHERE external_id IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX certificates_by_creation ON certificates (tenant_id, created_at) WHERE deleted_at IS NULL;
CREATE INDEX certificates_by_number ON certificates (tenant_id, number) WHERE deleted_at IS NULL;
CREATE INDEX certificates_by_expiry ON certificates (tenant_id, valid_until) WHERE deleted_at IS NULL;
CREATE INDEX certificates_by_equipment ON certificates (tenant_id, equipment_id, issued_on)
  WHERE equipment_id IS NOT NULL;
CREATE INDEX certificates_by_work_order ON certificates (tenant_id, work_order_id) WHERE work_order_id IS NOT NULL;
CREATE INDEX certificates_by_company ON certificates (tenant_id, company_id, created_at) WHERE company_id IS NOT NULL;
