-- Figures that are exact at every commit (R16 to R18, C02): how many live records of a kind there are by
-- some of its fields, and what they add up to. Triggers keep them in the change that alters them,
-- whichever way it came: a form, an import and its revert, a merge, a cascade, a site's move to another
-- company. Nothing here depends on the clock; what does is read from partial indexes.
--
-- Each statistic is a table of its own, so that an answer made of it dies only when one of its own
-- figures changes. A row may come down to nothing and stays: it is left out where figures are told.
-- A trigger fires only for columns that count. Rows have row ids, because SQLite tells nobody of
-- changes to a table without.
--
-- Money is kept in two parts, `sum_high` units of 2^32 and `sum_low`: amounts that no 64 bits hold
-- together must not make the next record refuse to be saved. `summed` counts the records that have an
-- amount at all.

CREATE TABLE statistics_of_work_orders (
  -- R18: a tenant's work orders by status and priority; what is open is a sum of a few rows.
  seq INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  status TEXT NOT NULL,
  priority TEXT NOT NULL,
  n INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX statistics_of_work_orders_key ON statistics_of_work_orders (tenant_id, status, priority);

CREATE TRIGGER statistics_of_work_orders_new AFTER INSERT ON work_orders
WHEN NEW.deleted_at IS NULL
BEGIN
  INSERT INTO statistics_of_work_orders (tenant_id, status, priority, n)
  VALUES (NEW.tenant_id, NEW.status, NEW.priority, 1)
  ON CONFLICT (tenant_id, status, priority) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER statistics_of_work_orders_changed AFTER UPDATE OF status, priority, deleted_at ON work_orders
WHEN NEW.status IS NOT OLD.status
  OR NEW.priority IS NOT OLD.priority
  OR (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL)
BEGIN
  UPDATE statistics_of_work_orders SET n = n - 1
  WHERE OLD.deleted_at IS NULL AND tenant_id = OLD.tenant_id AND status = OLD.status AND priority = OLD.priority;
  INSERT INTO statistics_of_work_orders (tenant_id, status, priority, n)
  SELECT NEW.tenant_id, NEW.status, NEW.priority, 1
  WHERE NEW.deleted_at IS NULL
  ON CONFLICT (tenant_id, status, priority) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER statistics_of_work_orders_gone AFTER DELETE ON work_orders
WHEN OLD.deleted_at IS NULL
BEGIN
  UPDATE statistics_of_work_orders SET n = n - 1
  WHERE tenant_id = OLD.tenant_id AND status = OLD.status AND priority = OLD.priority;
END;

INSERT INTO statistics_of_work_orders (tenant_id, status, priority, n)
SELECT tenant_id, status, priority, count(*)
FROM work_orders WHERE deleted_at IS NULL GROUP BY tenant_id, status, priority;

CREATE TABLE statistics_of_work_orders_by_company (
  -- R16: a company's work orders by status. It follows the site's company, as the order itself does.
  seq INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  company_id BLOB NOT NULL,
  status TEXT NOT NULL,
  n INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX statistics_of_work_orders_by_company_key ON statistics_of_work_orders_by_company (tenant_id, company_id, status);

CREATE TRIGGER statistics_of_work_orders_by_company_new AFTER INSERT ON work_orders
WHEN NEW.deleted_at IS NULL AND NEW.company_id IS NOT NULL
BEGIN
  INSERT INTO statistics_of_work_orders_by_company (tenant_id, company_id, status, n)
  VALUES (NEW.tenant_id, NEW.company_id, NEW.status, 1)
  ON CONFLICT (tenant_id, company_id, status) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER statistics_of_work_orders_by_company_changed AFTER UPDATE OF company_id, status, deleted_at ON work_orders
WHEN NEW.company_id IS NOT OLD.company_id
  OR NEW.status IS NOT OLD.status
  OR (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL)
BEGIN
  UPDATE statistics_of_work_orders_by_company SET n = n - 1
  WHERE OLD.deleted_at IS NULL AND tenant_id = OLD.tenant_id AND company_id = OLD.company_id AND status = OLD.status;
  INSERT INTO statistics_of_work_orders_by_company (tenant_id, company_id, status, n)
  SELECT NEW.tenant_id, NEW.company_id, NEW.status, 1
  WHERE NEW.deleted_at IS NULL AND NEW.company_id IS NOT NULL
  ON CONFLICT (tenant_id, company_id, status) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER statistics_of_work_orders_by_company_gone AFTER DELETE ON work_orders
WHEN OLD.deleted_at IS NULL AND OLD.company_id IS NOT NULL
BEGIN
  UPDATE statistics_of_work_orders_by_company SET n = n - 1
  WHERE tenant_id = OLD.tenant_id AND company_id = OLD.company_id AND status = OLD.status;
END;

INSERT INTO statistics_of_work_orders_by_company (tenant_id, company_id, status, n)
SELECT tenant_id, company_id, status, count(*)
FROM work_orders WHERE deleted_at IS NULL AND company_id IS NOT NULL GROUP BY tenant_id, company_id, status;

CREATE TABLE statistics_of_work_orders_by_assignee (
  -- R17: a person's work orders by status.
  seq INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  assigned_to BLOB NOT NULL,
  status TEXT NOT NULL,
  n INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX statistics_of_work_orders_by_assignee_key ON statistics_of_work_orders_by_assignee (tenant_id, assigned_to, status);

CREATE TRIGGER statistics_of_work_orders_by_assignee_new AFTER INSERT ON work_orders
WHEN NEW.deleted_at IS NULL AND NEW.assigned_to IS NOT NULL
BEGIN
  INSERT INTO statistics_of_work_orders_by_assignee (tenant_id, assigned_to, status, n)
  VALUES (NEW.tenant_id, NEW.assigned_to, NEW.status, 1)
  ON CONFLICT (tenant_id, assigned_to, status) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER statistics_of_work_orders_by_assignee_changed AFTER UPDATE OF assigned_to, status, deleted_at ON work_orders
WHEN NEW.assigned_to IS NOT OLD.assigned_to
  OR NEW.status IS NOT OLD.status
  OR (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL)
BEGIN
  UPDATE statistics_of_work_orders_by_assignee SET n = n - 1
  WHERE OLD.deleted_at IS NULL AND tenant_id = OLD.tenant_id AND assigned_to = OLD.assigned_to AND status = OLD.status;
  INSERT INTO statistics_of_work_orders_by_assignee (tenant_id, assigned_to, status, n)
  SELECT NEW.tenant_id, NEW.assigned_to, NEW.status, 1
  WHERE NEW.deleted_at IS NULL AND NEW.assigned_to IS NOT NULL
  ON CONFLICT (tenant_id, assigned_to, status) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER statistics_of_work_orders_by_assignee_gone AFTER DELETE ON work_orders
WHEN OLD.deleted_at IS NULL AND OLD.assigned_to IS NOT NULL
BEGIN
  UPDATE statistics_of_work_orders_by_assignee SET n = n - 1
  WHERE tenant_id = OLD.tenant_id AND assigned_to = OLD.assigned_to AND status = OLD.status;
END;

INSERT INTO statistics_of_work_orders_by_assignee (tenant_id, assigned_to, status, n)
SELECT tenant_id, assigned_to, status, count(*)
FROM work_orders WHERE deleted_at IS NULL AND assigned_to IS NOT NULL GROUP BY tenant_id, assigned_to, status;

CREATE TABLE statistics_of_tasks_by_assignee (
  -- R17: a person's tasks by status.
  seq INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  assignee_id BLOB NOT NULL,
  status TEXT NOT NULL,
  n INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX statistics_of_tasks_by_assignee_key ON statistics_of_tasks_by_assignee (tenant_id, assignee_id, status);

CREATE TRIGGER statistics_of_tasks_by_assignee_new AFTER INSERT ON tasks
WHEN NEW.deleted_at IS NULL AND NEW.assignee_id IS NOT NULL
BEGIN
  INSERT INTO statistics_of_tasks_by_assignee (tenant_id, assignee_id, status, n)
  VALUES (NEW.tenant_id, NEW.assignee_id, NEW.status, 1)
  ON CONFLICT (tenant_id, assignee_id, status) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER statistics_of_tasks_by_assignee_changed AFTER UPDATE OF assignee_id, status, deleted_at ON tasks
WHEN NEW.assignee_id IS NOT OLD.assignee_id
  OR NEW.status IS NOT OLD.status
  OR (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL)
BEGIN
  UPDATE statistics_of_tasks_by_assignee SET n = n - 1
  WHERE OLD.deleted_at IS NULL AND tenant_id = OLD.tenant_id AND assignee_id = OLD.assignee_id AND status = OLD.status;
  INSERT INTO statistics_of_tasks_by_assignee (tenant_id, assignee_id, status, n)
  SELECT NEW.tenant_id, NEW.assignee_id, NEW.status, 1
  WHERE NEW.deleted_at IS NULL AND NEW.assignee_id IS NOT NULL
  ON CONFLICT (tenant_id, assignee_id, status) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER statistics_of_tasks_by_assignee_gone AFTER DELETE ON tasks
WHEN OLD.deleted_at IS NULL AND OLD.assignee_id IS NOT NULL
BEGIN
  UPDATE statistics_of_tasks_by_assignee SET n = n - 1
  WHERE tenant_id = OLD.tenant_id AND assignee_id = OLD.assignee_id AND status = OLD.status;
END;

INSERT INTO statistics_of_tasks_by_assignee (tenant_id, assignee_id, status, n)
SELECT tenant_id, assignee_id, status, count(*)
FROM tasks WHERE deleted_at IS NULL AND assignee_id IS NOT NULL GROUP BY tenant_id, assignee_id, status;

CREATE TABLE statistics_of_deals (
  -- R18: a tenant's deals by stage and currency. Which stages are open is the tenant's own list and may
  -- change, so it is asked when the figures are read.
  seq INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  stage TEXT COLLATE NOCASE,
  currency TEXT,
  n INTEGER NOT NULL,
  summed INTEGER NOT NULL,
  sum_high INTEGER NOT NULL,
  sum_low INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX statistics_of_deals_key ON statistics_of_deals (tenant_id, coalesce(stage, ''), coalesce(currency, ''));

CREATE TRIGGER statistics_of_deals_new AFTER INSERT ON deals
WHEN NEW.deleted_at IS NULL
BEGIN
  INSERT INTO statistics_of_deals (tenant_id, stage, currency, n, summed, sum_high, sum_low)
  VALUES (NEW.tenant_id, NEW.stage, NEW.currency, 1, NEW.value IS NOT NULL, coalesce(NEW.value >> 32, 0), coalesce(NEW.value & 4294967295, 0))
  ON CONFLICT (tenant_id, coalesce(stage, ''), coalesce(currency, '')) DO UPDATE SET n = n + 1, summed = summed + excluded.summed,
    sum_high = sum_high + excluded.sum_high, sum_low = sum_low + excluded.sum_low;
END;
CREATE TRIGGER statistics_of_deals_changed AFTER UPDATE OF stage, currency, value, deleted_at ON deals
WHEN NEW.stage IS NOT OLD.stage
  OR NEW.currency IS NOT OLD.currency
  OR NEW.value IS NOT OLD.value
  OR (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL)
BEGIN
  UPDATE statistics_of_deals SET n = n - 1, summed = summed - (OLD.value IS NOT NULL),
    sum_high = sum_high - coalesce(OLD.value >> 32, 0), sum_low = sum_low - coalesce(OLD.value & 4294967295, 0)
  WHERE OLD.deleted_at IS NULL AND tenant_id = OLD.tenant_id AND coalesce(stage, '') = coalesce(OLD.stage, '') AND coalesce(currency, '') = coalesce(OLD.currency, '');
  INSERT INTO statistics_of_deals (tenant_id, stage, currency, n, summed, sum_high, sum_low)
  SELECT NEW.tenant_id, NEW.stage, NEW.currency, 1, NEW.value IS NOT NULL, coalesce(NEW.value >> 32, 0), coalesce(NEW.value & 4294967295, 0)
  WHERE NEW.deleted_at IS NULL
  ON CONFLICT (tenant_id, coalesce(stage, ''), coalesce(currency, '')) DO UPDATE SET n = n + 1, summed = summed + excluded.summed,
    sum_high = sum_high + excluded.sum_high, sum_low = sum_low + excluded.sum_low;
END;
CREATE TRIGGER statistics_of_deals_gone AFTER DELETE ON deals
WHEN OLD.deleted_at IS NULL
BEGIN
  UPDATE statistics_of_deals SET n = n - 1, summed = summed - (OLD.value IS NOT NULL),
    sum_high = sum_high - coalesce(OLD.value >> 32, 0), sum_low = sum_low - coalesce(OLD.value & 4294967295, 0)
  WHERE tenant_id = OLD.tenant_id AND coalesce(stage, '') = coalesce(OLD.stage, '') AND coalesce(currency, '') = coalesce(OLD.currency, '');
END;

INSERT INTO statistics_of_deals (tenant_id, stage, currency, n, summed, sum_high, sum_low)
SELECT tenant_id, stage, currency, count(*), count(value), coalesce(sum(value >> 32), 0), coalesce(sum(value & 4294967295), 0)
FROM deals WHERE deleted_at IS NULL GROUP BY tenant_id, stage COLLATE BINARY, currency;

CREATE TABLE statistics_of_deals_by_company (
  -- R16: a company's deals by stage and currency.
  seq INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  company_id BLOB NOT NULL,
  stage TEXT COLLATE NOCASE,
  currency TEXT,
  n INTEGER NOT NULL,
  summed INTEGER NOT NULL,
  sum_high INTEGER NOT NULL,
  sum_low INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX statistics_of_deals_by_company_key ON statistics_of_deals_by_company (tenant_id, company_id, coalesce(stage, ''), coalesce(currency, ''));

CREATE TRIGGER statistics_of_deals_by_company_new AFTER INSERT ON deals
WHEN NEW.deleted_at IS NULL AND NEW.company_id IS NOT NULL
BEGIN
  INSERT INTO statistics_of_deals_by_company (tenant_id, company_id, stage, currency, n, summed, sum_high, sum_low)
  VALUES (NEW.tenant_id, NEW.company_id, NEW.stage, NEW.currency, 1, NEW.value IS NOT NULL, coalesce(NEW.value >> 32, 0), coalesce(NEW.value & 4294967295, 0))
  ON CONFLICT (tenant_id, company_id, coalesce(stage, ''), coalesce(currency, '')) DO UPDATE SET n = n + 1, summed = summed + excluded.summed,
    sum_high = sum_high + excluded.sum_high, sum_low = sum_low + excluded.sum_low;
END;
CREATE TRIGGER statistics_of_deals_by_company_changed AFTER UPDATE OF company_id, stage, currency, value, deleted_at ON deals
WHEN NEW.company_id IS NOT OLD.company_id
  OR NEW.stage IS NOT OLD.stage
  OR NEW.currency IS NOT OLD.currency
  OR NEW.value IS NOT OLD.value
  OR (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL)
BEGIN
  UPDATE statistics_of_deals_by_company SET n = n - 1, summed = summed - (OLD.value IS NOT NULL),
    sum_high = sum_high - coalesce(OLD.value >> 32, 0), sum_low = sum_low - coalesce(OLD.value & 4294967295, 0)
  WHERE OLD.deleted_at IS NULL AND tenant_id = OLD.tenant_id AND company_id = OLD.company_id AND coalesce(stage, '') = coalesce(OLD.stage, '') AND coalesce(currency, '') = coalesce(OLD.currency, '');
  INSERT INTO statistics_of_deals_by_company (tenant_id, company_id, stage, currency, n, summed, sum_high, sum_low)
  SELECT NEW.tenant_id, NEW.company_id, NEW.stage, NEW.currency, 1, NEW.value IS NOT NULL, coalesce(NEW.value >> 32, 0), coalesce(NEW.value & 4294967295, 0)
  WHERE NEW.deleted_at IS NULL AND NEW.company_id IS NOT NULL
  ON CONFLICT (tenant_id, company_id, coalesce(stage, ''), coalesce(currency, '')) DO UPDATE SET n = n + 1, summed = summed + excluded.summed,
    sum_high = sum_high + excluded.sum_high, sum_low = sum_low + excluded.sum_low;
END;
CREATE TRIGGER statistics_of_deals_by_company_gone AFTER DELETE ON deals
WHEN OLD.deleted_at IS NULL AND OLD.company_id IS NOT NULL
BEGIN
  UPDATE statistics_of_deals_by_company SET n = n - 1, summed = summed - (OLD.value IS NOT NULL),
    sum_high = sum_high - coalesce(OLD.value >> 32, 0), sum_low = sum_low - coalesce(OLD.value & 4294967295, 0)
  WHERE tenant_id = OLD.tenant_id AND company_id = OLD.company_id AND coalesce(stage, '') = coalesce(OLD.stage, '') AND coalesce(currency, '') = coalesce(OLD.currency, '');
END;

INSERT INTO statistics_of_deals_by_company (tenant_id, company_id, stage, currency, n, summed, sum_high, sum_low)
SELECT tenant_id, company_id, stage, currency, count(*), count(value), coalesce(sum(value >> 32), 0), coalesce(sum(value & 4294967295), 0)
FROM deals WHERE deleted_at IS NULL AND company_id IS NOT NULL GROUP BY tenant_id, company_id, stage COLLATE BINARY, currency;

CREATE TABLE statistics_of_equipment (
  -- R18: a tenant's machines by status.
  seq INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  status TEXT NOT NULL,
  n INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX statistics_of_equipment_key ON statistics_of_equipment (tenant_id, status);

CREATE TRIGGER statistics_of_equipment_new AFTER INSERT ON equipment
WHEN NEW.deleted_at IS NULL
BEGIN
  INSERT INTO statistics_of_equipment (tenant_id, status, n)
  VALUES (NEW.tenant_id, NEW.status, 1)
  ON CONFLICT (tenant_id, status) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER statistics_of_equipment_changed AFTER UPDATE OF status, deleted_at ON equipment
WHEN NEW.status IS NOT OLD.status
  OR (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL)
BEGIN
  UPDATE statistics_of_equipment SET n = n - 1
  WHERE OLD.deleted_at IS NULL AND tenant_id = OLD.tenant_id AND status = OLD.status;
  INSERT INTO statistics_of_equipment (tenant_id, status, n)
  SELECT NEW.tenant_id, NEW.status, 1
  WHERE NEW.deleted_at IS NULL
  ON CONFLICT (tenant_id, status) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER statistics_of_equipment_gone AFTER DELETE ON equipment
WHEN OLD.deleted_at IS NULL
BEGIN
  UPDATE statistics_of_equipment SET n = n - 1
  WHERE tenant_id = OLD.tenant_id AND status = OLD.status;
END;

INSERT INTO statistics_of_equipment (tenant_id, status, n)
SELECT tenant_id, status, count(*)
FROM equipment WHERE deleted_at IS NULL GROUP BY tenant_id, status;

CREATE TABLE statistics_of_equipment_by_company (
  -- R16: a company's machines by status.
  seq INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  company_id BLOB NOT NULL,
  status TEXT NOT NULL,
  n INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX statistics_of_equipment_by_company_key ON statistics_of_equipment_by_company (tenant_id, company_id, status);

CREATE TRIGGER statistics_of_equipment_by_company_new AFTER INSERT ON equipment
WHEN NEW.deleted_at IS NULL AND NEW.company_id IS NOT NULL
BEGIN
  INSERT INTO statistics_of_equipment_by_company (tenant_id, company_id, status, n)
  VALUES (NEW.tenant_id, NEW.company_id, NEW.status, 1)
  ON CONFLICT (tenant_id, company_id, status) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER statistics_of_equipment_by_company_changed AFTER UPDATE OF company_id, status, deleted_at ON equipment
WHEN NEW.company_id IS NOT OLD.company_id
  OR NEW.status IS NOT OLD.status
  OR (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL)
BEGIN
  UPDATE statistics_of_equipment_by_company SET n = n - 1
  WHERE OLD.deleted_at IS NULL AND tenant_id = OLD.tenant_id AND company_id = OLD.company_id AND status = OLD.status;
  INSERT INTO statistics_of_equipment_by_company (tenant_id, company_id, status, n)
  SELECT NEW.tenant_id, NEW.company_id, NEW.status, 1
  WHERE NEW.deleted_at IS NULL AND NEW.company_id IS NOT NULL
  ON CONFLICT (tenant_id, company_id, status) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER statistics_of_equipment_by_company_gone AFTER DELETE ON equipment
WHEN OLD.deleted_at IS NULL AND OLD.company_id IS NOT NULL
BEGIN
  UPDATE statistics_of_equipment_by_company SET n = n - 1
  WHERE tenant_id = OLD.tenant_id AND company_id = OLD.company_id AND status = OLD.status;
END;

INSERT INTO statistics_of_equipment_by_company (tenant_id, company_id, status, n)
SELECT tenant_id, company_id, status, count(*)
FROM equipment WHERE deleted_at IS NULL AND company_id IS NOT NULL GROUP BY tenant_id, company_id, status;

CREATE TABLE statistics_of_sites_by_company (
  -- R16: how many sites a company has.
  seq INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  company_id BLOB NOT NULL,
  n INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX statistics_of_sites_by_company_key ON statistics_of_sites_by_company (tenant_id, company_id);

CREATE TRIGGER statistics_of_sites_by_company_new AFTER INSERT ON sites
WHEN NEW.deleted_at IS NULL AND NEW.company_id IS NOT NULL
BEGIN
  INSERT INTO statistics_of_sites_by_company (tenant_id, company_id, n)
  VALUES (NEW.tenant_id, NEW.company_id, 1)
  ON CONFLICT (tenant_id, company_id) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER statistics_of_sites_by_company_changed AFTER UPDATE OF company_id, deleted_at ON sites
WHEN NEW.company_id IS NOT OLD.company_id
  OR (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL)
BEGIN
  UPDATE statistics_of_sites_by_company SET n = n - 1
  WHERE OLD.deleted_at IS NULL AND tenant_id = OLD.tenant_id AND company_id = OLD.company_id;
  INSERT INTO statistics_of_sites_by_company (tenant_id, company_id, n)
  SELECT NEW.tenant_id, NEW.company_id, 1
  WHERE NEW.deleted_at IS NULL AND NEW.company_id IS NOT NULL
  ON CONFLICT (tenant_id, company_id) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER statistics_of_sites_by_company_gone AFTER DELETE ON sites
WHEN OLD.deleted_at IS NULL AND OLD.company_id IS NOT NULL
BEGIN
  UPDATE statistics_of_sites_by_company SET n = n - 1
  WHERE tenant_id = OLD.tenant_id AND company_id = OLD.company_id;
END;

INSERT INTO statistics_of_sites_by_company (tenant_id, company_id, n)
SELECT tenant_id, company_id, count(*)
FROM sites WHERE deleted_at IS NULL AND company_id IS NOT NULL GROUP BY tenant_id, company_id;

CREATE TABLE statistics_of_kinds (
  -- R18: how many records of each kind a tenant has, by the name of the kind.
  seq INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  kind TEXT NOT NULL,
  n INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX statistics_of_kinds_key ON statistics_of_kinds (tenant_id, kind);

CREATE TRIGGER companies_counted AFTER INSERT ON companies
WHEN NEW.deleted_at IS NULL
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n) VALUES (NEW.tenant_id, 'companies', 1)
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER companies_counted_again AFTER UPDATE OF deleted_at ON companies
WHEN (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL)
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n)
  VALUES (NEW.tenant_id, 'companies', iif(NEW.deleted_at IS NULL, 1, -1))
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER companies_counted_out AFTER DELETE ON companies
WHEN OLD.deleted_at IS NULL
BEGIN
  UPDATE statistics_of_kinds SET n = n - 1 WHERE tenant_id = OLD.tenant_id AND kind = 'companies';
END;
INSERT INTO statistics_of_kinds (tenant_id, kind, n)
SELECT tenant_id, 'companies', count(*) FROM companies WHERE deleted_at IS NULL GROUP BY tenant_id;

CREATE TRIGGER sites_counted AFTER INSERT ON sites
WHEN NEW.deleted_at IS NULL
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n) VALUES (NEW.tenant_id, 'sites', 1)
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER sites_counted_again AFTER UPDATE OF deleted_at ON sites
WHEN (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL)
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n)
  VALUES (NEW.tenant_id, 'sites', iif(NEW.deleted_at IS NULL, 1, -1))
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER sites_counted_out AFTER DELETE ON sites
WHEN OLD.deleted_at IS NULL
BEGIN
  UPDATE statistics_of_kinds SET n = n - 1 WHERE tenant_id = OLD.tenant_id AND kind = 'sites';
END;
INSERT INTO statistics_of_kinds (tenant_id, kind, n)
SELECT tenant_id, 'sites', count(*) FROM sites WHERE deleted_at IS NULL GROUP BY tenant_id;

CREATE TRIGGER contacts_counted AFTER INSERT ON contacts
WHEN NEW.deleted_at IS NULL
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n) VALUES (NEW.tenant_id, 'contacts', 1)
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER contacts_counted_again AFTER UPDATE OF deleted_at ON contacts
WHEN (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL)
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n)
  VALUES (NEW.tenant_id, 'contacts', iif(NEW.deleted_at IS NULL, 1, -1))
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER contacts_counted_out AFTER DELETE ON contacts
WHEN OLD.deleted_at IS NULL
BEGIN
  UPDATE statistics_of_kinds SET n = n - 1 WHERE tenant_id = OLD.tenant_id AND kind = 'contacts';
END;
INSERT INTO statistics_of_kinds (tenant_id, kind, n)
SELECT tenant_id, 'contacts', count(*) FROM contacts WHERE deleted_at IS NULL GROUP BY tenant_id;

CREATE TRIGGER deals_counted AFTER INSERT ON deals
WHEN NEW.deleted_at IS NULL
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n) VALUES (NEW.tenant_id, 'deals', 1)
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER deals_counted_again AFTER UPDATE OF deleted_at ON deals
WHEN (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL)
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n)
  VALUES (NEW.tenant_id, 'deals', iif(NEW.deleted_at IS NULL, 1, -1))
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER deals_counted_out AFTER DELETE ON deals
WHEN OLD.deleted_at IS NULL
BEGIN
  UPDATE statistics_of_kinds SET n = n - 1 WHERE tenant_id = OLD.tenant_id AND kind = 'deals';
END;
INSERT INTO statistics_of_kinds (tenant_id, kind, n)
SELECT tenant_id, 'deals', count(*) FROM deals WHERE deleted_at IS NULL GROUP BY tenant_id;

CREATE TRIGGER equipment_counted AFTER INSERT ON equipment
WHEN NEW.deleted_at IS NULL
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n) VALUES (NEW.tenant_id, 'equipment', 1)
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER equipment_counted_again AFTER UPDATE OF deleted_at ON equipment
WHEN (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL)
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n)
  VALUES (NEW.tenant_id, 'equipment', iif(NEW.deleted_at IS NULL, 1, -1))
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER equipment_counted_out AFTER DELETE ON equipment
WHEN OLD.deleted_at IS NULL
BEGIN
  UPDATE statistics_of_kinds SET n = n - 1 WHERE tenant_id = OLD.tenant_id AND kind = 'equipment';
END;
INSERT INTO statistics_of_kinds (tenant_id, kind, n)
SELECT tenant_id, 'equipment', count(*) FROM equipment WHERE deleted_at IS NULL GROUP BY tenant_id;

CREATE TRIGGER work_orders_counted AFTER INSERT ON work_orders
WHEN NEW.deleted_at IS NULL
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n) VALUES (NEW.tenant_id, 'work-orders', 1)
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER work_orders_counted_again AFTER UPDATE OF deleted_at ON work_orders
WHEN (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL)
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n)
  VALUES (NEW.tenant_id, 'work-orders', iif(NEW.deleted_at IS NULL, 1, -1))
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER work_orders_counted_out AFTER DELETE ON work_orders
WHEN OLD.deleted_at IS NULL
BEGIN
  UPDATE statistics_of_kinds SET n = n - 1 WHERE tenant_id = OLD.tenant_id AND kind = 'work-orders';
END;
INSERT INTO statistics_of_kinds (tenant_id, kind, n)
SELECT tenant_id, 'work-orders', count(*) FROM work_orders WHERE deleted_at IS NULL GROUP BY tenant_id;

CREATE TRIGGER tasks_counted AFTER INSERT ON tasks
WHEN NEW.deleted_at IS NULL
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n) VALUES (NEW.tenant_id, 'tasks', 1)
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER tasks_counted_again AFTER UPDATE OF deleted_at ON tasks
WHEN (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL)
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n)
  VALUES (NEW.tenant_id, 'tasks', iif(NEW.deleted_at IS NULL, 1, -1))
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER tasks_counted_out AFTER DELETE ON tasks
WHEN OLD.deleted_at IS NULL
BEGIN
  UPDATE statistics_of_kinds SET n = n - 1 WHERE tenant_id = OLD.tenant_id AND kind = 'tasks';
END;
INSERT INTO statistics_of_kinds (tenant_id, kind, n)
SELECT tenant_id, 'tasks', count(*) FROM tasks WHERE deleted_at IS NULL GROUP BY tenant_id;

CREATE TRIGGER certificates_counted AFTER INSERT ON certificates
WHEN NEW.deleted_at IS NULL
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n) VALUES (NEW.tenant_id, 'certificates', 1)
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER certificates_counted_again AFTER UPDATE OF deleted_at ON certificates
WHEN (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL)
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n)
  VALUES (NEW.tenant_id, 'certificates', iif(NEW.deleted_at IS NULL, 1, -1))
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER certificates_counted_out AFTER DELETE ON certificates
WHEN OLD.deleted_at IS NULL
BEGIN
  UPDATE statistics_of_kinds SET n = n - 1 WHERE tenant_id = OLD.tenant_id AND kind = 'certificates';
END;
INSERT INTO statistics_of_kinds (tenant_id, kind, n)
SELECT tenant_id, 'certificates', count(*) FROM certificates WHERE deleted_at IS NULL GROUP BY tenant_id;

CREATE TRIGGER time_logs_counted AFTER INSERT ON time_logs
WHEN NEW.deleted_at IS NULL
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n) VALUES (NEW.tenant_id, 'time-logs', 1)
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER time_logs_counted_again AFTER UPDATE OF deleted_at ON time_logs
WHEN (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL)
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n)
  VALUES (NEW.tenant_id, 'time-logs', iif(NEW.deleted_at IS NULL, 1, -1))
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER time_logs_counted_out AFTER DELETE ON time_logs
WHEN OLD.deleted_at IS NULL
BEGIN
  UPDATE statistics_of_kinds SET n = n - 1 WHERE tenant_id = OLD.tenant_id AND kind = 'time-logs';
END;
INSERT INTO statistics_of_kinds (tenant_id, kind, n)
SELECT tenant_id, 'time-logs', count(*) FROM time_logs WHERE deleted_at IS NULL GROUP BY tenant_id;

CREATE TRIGGER part_logs_counted AFTER INSERT ON part_logs
WHEN NEW.deleted_at IS NULL
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n) VALUES (NEW.tenant_id, 'part-logs', 1)
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER part_logs_counted_again AFTER UPDATE OF deleted_at ON part_logs
WHEN (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL)
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n)
  VALUES (NEW.tenant_id, 'part-logs', iif(NEW.deleted_at IS NULL, 1, -1))
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER part_logs_counted_out AFTER DELETE ON part_logs
WHEN OLD.deleted_at IS NULL
BEGIN
  UPDATE statistics_of_kinds SET n = n - 1 WHERE tenant_id = OLD.tenant_id AND kind = 'part-logs';
END;
INSERT INTO statistics_of_kinds (tenant_id, kind, n)
SELECT tenant_id, 'part-logs', count(*) FROM part_logs WHERE deleted_at IS NULL GROUP BY tenant_id;

CREATE TRIGGER notes_counted AFTER INSERT ON notes
WHEN NEW.deleted_at IS NULL
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n) VALUES (NEW.tenant_id, 'notes', 1)
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER notes_counted_again AFTER UPDATE OF deleted_at ON notes
WHEN (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL)
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n)
  VALUES (NEW.tenant_id, 'notes', iif(NEW.deleted_at IS NULL, 1, -1))
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER notes_counted_out AFTER DELETE ON notes
WHEN OLD.deleted_at IS NULL
BEGIN
  UPDATE statistics_of_kinds SET n = n - 1 WHERE tenant_id = OLD.tenant_id AND kind = 'notes';
END;
INSERT INTO statistics_of_kinds (tenant_id, kind, n)
SELECT tenant_id, 'notes', count(*) FROM notes WHERE deleted_at IS NULL GROUP BY tenant_id;

CREATE TRIGGER attachments_counted AFTER INSERT ON attachments
WHEN NEW.deleted_at IS NULL
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n) VALUES (NEW.tenant_id, 'attachments', 1)
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER attachments_counted_again AFTER UPDATE OF deleted_at ON attachments
WHEN (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL)
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n)
  VALUES (NEW.tenant_id, 'attachments', iif(NEW.deleted_at IS NULL, 1, -1))
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER attachments_counted_out AFTER DELETE ON attachments
WHEN OLD.deleted_at IS NULL
BEGIN
  UPDATE statistics_of_kinds SET n = n - 1 WHERE tenant_id = OLD.tenant_id AND kind = 'attachments';
END;
INSERT INTO statistics_of_kinds (tenant_id, kind, n)
SELECT tenant_id, 'attachments', count(*) FROM attachments WHERE deleted_at IS NULL GROUP BY tenant_id;

CREATE TRIGGER stock_items_counted AFTER INSERT ON stock_items
WHEN NEW.deleted_at IS NULL
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n) VALUES (NEW.tenant_id, 'stock-items', 1)
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER stock_items_counted_again AFTER UPDATE OF deleted_at ON stock_items
WHEN (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL)
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n)
  VALUES (NEW.tenant_id, 'stock-items', iif(NEW.deleted_at IS NULL, 1, -1))
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER stock_items_counted_out AFTER DELETE ON stock_items
WHEN OLD.deleted_at IS NULL
BEGIN
  UPDATE statistics_of_kinds SET n = n - 1 WHERE tenant_id = OLD.tenant_id AND kind = 'stock-items';
END;
INSERT INTO statistics_of_kinds (tenant_id, kind, n)
SELECT tenant_id, 'stock-items', count(*) FROM stock_items WHERE deleted_at IS NULL GROUP BY tenant_id;

CREATE TRIGGER contractors_counted AFTER INSERT ON contractors
WHEN NEW.deleted_at IS NULL
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n) VALUES (NEW.tenant_id, 'contractors', 1)
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER contractors_counted_again AFTER UPDATE OF deleted_at ON contractors
WHEN (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL)
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n)
  VALUES (NEW.tenant_id, 'contractors', iif(NEW.deleted_at IS NULL, 1, -1))
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER contractors_counted_out AFTER DELETE ON contractors
WHEN OLD.deleted_at IS NULL
BEGIN
  UPDATE statistics_of_kinds SET n = n - 1 WHERE tenant_id = OLD.tenant_id AND kind = 'contractors';
END;
INSERT INTO statistics_of_kinds (tenant_id, kind, n)
SELECT tenant_id, 'contractors', count(*) FROM contractors WHERE deleted_at IS NULL GROUP BY tenant_id;

CREATE TRIGGER services_counted AFTER INSERT ON services
WHEN NEW.deleted_at IS NULL
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n) VALUES (NEW.tenant_id, 'services', 1)
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER services_counted_again AFTER UPDATE OF deleted_at ON services
WHEN (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL)
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n)
  VALUES (NEW.tenant_id, 'services', iif(NEW.deleted_at IS NULL, 1, -1))
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER services_counted_out AFTER DELETE ON services
WHEN OLD.deleted_at IS NULL
BEGIN
  UPDATE statistics_of_kinds SET n = n - 1 WHERE tenant_id = OLD.tenant_id AND kind = 'services';
END;
INSERT INTO statistics_of_kinds (tenant_id, kind, n)
SELECT tenant_id, 'services', count(*) FROM services WHERE deleted_at IS NULL GROUP BY tenant_id;

CREATE TRIGGER products_counted AFTER INSERT ON products
WHEN NEW.deleted_at IS NULL
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n) VALUES (NEW.tenant_id, 'products', 1)
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER products_counted_again AFTER UPDATE OF deleted_at ON products
WHEN (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL)
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n)
  VALUES (NEW.tenant_id, 'products', iif(NEW.deleted_at IS NULL, 1, -1))
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER products_counted_out AFTER DELETE ON products
WHEN OLD.deleted_at IS NULL
BEGIN
  UPDATE statistics_of_kinds SET n = n - 1 WHERE tenant_id = OLD.tenant_id AND kind = 'products';
END;
INSERT INTO statistics_of_kinds (tenant_id, kind, n)
SELECT tenant_id, 'products', count(*) FROM products WHERE deleted_at IS NULL GROUP BY tenant_id;

CREATE TRIGGER categories_counted AFTER INSERT ON categories
WHEN NEW.deleted_at IS NULL
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n) VALUES (NEW.tenant_id, 'categories', 1)
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER categories_counted_again AFTER UPDATE OF deleted_at ON categories
WHEN (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL)
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n)
  VALUES (NEW.tenant_id, 'categories', iif(NEW.deleted_at IS NULL, 1, -1))
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER categories_counted_out AFTER DELETE ON categories
WHEN OLD.deleted_at IS NULL
BEGIN
  UPDATE statistics_of_kinds SET n = n - 1 WHERE tenant_id = OLD.tenant_id AND kind = 'categories';
END;
INSERT INTO statistics_of_kinds (tenant_id, kind, n)
SELECT tenant_id, 'categories', count(*) FROM categories WHERE deleted_at IS NULL GROUP BY tenant_id;

CREATE TRIGGER suppliers_counted AFTER INSERT ON suppliers
WHEN NEW.deleted_at IS NULL
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n) VALUES (NEW.tenant_id, 'suppliers', 1)
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER suppliers_counted_again AFTER UPDATE OF deleted_at ON suppliers
WHEN (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL)
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n)
  VALUES (NEW.tenant_id, 'suppliers', iif(NEW.deleted_at IS NULL, 1, -1))
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER suppliers_counted_out AFTER DELETE ON suppliers
WHEN OLD.deleted_at IS NULL
BEGIN
  UPDATE statistics_of_kinds SET n = n - 1 WHERE tenant_id = OLD.tenant_id AND kind = 'suppliers';
END;
INSERT INTO statistics_of_kinds (tenant_id, kind, n)
SELECT tenant_id, 'suppliers', count(*) FROM suppliers WHERE deleted_at IS NULL GROUP BY tenant_id;

CREATE TRIGGER users_counted AFTER INSERT ON users
WHEN NEW.deleted_at IS NULL
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n) VALUES (NEW.tenant_id, 'users', 1)
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER users_counted_again AFTER UPDATE OF deleted_at ON users
WHEN (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL)
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n)
  VALUES (NEW.tenant_id, 'users', iif(NEW.deleted_at IS NULL, 1, -1))
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER users_counted_out AFTER DELETE ON users
WHEN OLD.deleted_at IS NULL
BEGIN
  UPDATE statistics_of_kinds SET n = n - 1 WHERE tenant_id = OLD.tenant_id AND kind = 'users';
END;
INSERT INTO statistics_of_kinds (tenant_id, kind, n)
SELECT tenant_id, 'users', count(*) FROM users WHERE deleted_at IS NULL GROUP BY tenant_id;

CREATE TRIGGER roles_counted AFTER INSERT ON roles
WHEN NEW.deleted_at IS NULL
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n) VALUES (NEW.tenant_id, 'roles', 1)
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER roles_counted_again AFTER UPDATE OF deleted_at ON roles
WHEN (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL)
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n)
  VALUES (NEW.tenant_id, 'roles', iif(NEW.deleted_at IS NULL, 1, -1))
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER roles_counted_out AFTER DELETE ON roles
WHEN OLD.deleted_at IS NULL
BEGIN
  UPDATE statistics_of_kinds SET n = n - 1 WHERE tenant_id = OLD.tenant_id AND kind = 'roles';
END;
INSERT INTO statistics_of_kinds (tenant_id, kind, n)
SELECT tenant_id, 'roles', count(*) FROM roles WHERE deleted_at IS NULL GROUP BY tenant_id;

CREATE TRIGGER status_options_counted AFTER INSERT ON status_options
WHEN NEW.deleted_at IS NULL
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n) VALUES (NEW.tenant_id, 'status-options', 1)
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER status_options_counted_again AFTER UPDATE OF deleted_at ON status_options
WHEN (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL)
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n)
  VALUES (NEW.tenant_id, 'status-options', iif(NEW.deleted_at IS NULL, 1, -1))
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER status_options_counted_out AFTER DELETE ON status_options
WHEN OLD.deleted_at IS NULL
BEGIN
  UPDATE statistics_of_kinds SET n = n - 1 WHERE tenant_id = OLD.tenant_id AND kind = 'status-options';
END;
INSERT INTO statistics_of_kinds (tenant_id, kind, n)
SELECT tenant_id, 'status-options', count(*) FROM status_options WHERE deleted_at IS NULL GROUP BY tenant_id;

CREATE TRIGGER custom_fields_counted AFTER INSERT ON custom_fields
WHEN NEW.deleted_at IS NULL
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n) VALUES (NEW.tenant_id, 'custom-fields', 1)
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER custom_fields_counted_again AFTER UPDATE OF deleted_at ON custom_fields
WHEN (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL)
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n)
  VALUES (NEW.tenant_id, 'custom-fields', iif(NEW.deleted_at IS NULL, 1, -1))
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER custom_fields_counted_out AFTER DELETE ON custom_fields
WHEN OLD.deleted_at IS NULL
BEGIN
  UPDATE statistics_of_kinds SET n = n - 1 WHERE tenant_id = OLD.tenant_id AND kind = 'custom-fields';
END;
INSERT INTO statistics_of_kinds (tenant_id, kind, n)
SELECT tenant_id, 'custom-fields', count(*) FROM custom_fields WHERE deleted_at IS NULL GROUP BY tenant_id;

CREATE TRIGGER views_counted AFTER INSERT ON views
WHEN NEW.deleted_at IS NULL
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n) VALUES (NEW.tenant_id, 'views', 1)
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER views_counted_again AFTER UPDATE OF deleted_at ON views
WHEN (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL)
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n)
  VALUES (NEW.tenant_id, 'views', iif(NEW.deleted_at IS NULL, 1, -1))
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER views_counted_out AFTER DELETE ON views
WHEN OLD.deleted_at IS NULL
BEGIN
  UPDATE statistics_of_kinds SET n = n - 1 WHERE tenant_id = OLD.tenant_id AND kind = 'views';
END;
INSERT INTO statistics_of_kinds (tenant_id, kind, n)
SELECT tenant_id, 'views', count(*) FROM views WHERE deleted_at IS NULL GROUP BY tenant_id;
