-- The portal: figures that an upstream mail-campaign service has about workspaces. What it says is kept
-- here, so that a dashboard is read from the database like everything else, shows at once, and
-- survives a restart.

CREATE TABLE workspaces (
  -- One workspace of the service, with what the business expects of it: targets, price, cost. What it
  -- is at the service stands in `upstream_workspaces`.
  seq INTEGER PRIMARY KEY, id BLOB NOT NULL, tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  version INTEGER NOT NULL DEFAULT 1, created_at INTEGER NOT NULL, created_by BLOB, updated_at INTEGER NOT NULL,
  deleted_at INTEGER, deleted_with BLOB, external_id TEXT, custom TEXT NOT NULL DEFAULT '{}',
  name TEXT NOT NULL COLLATE NOCASE,
  monthly_target INTEGER,
  sending_target INTEGER,
  price_per_lead INTEGER,
  cost_per_month INTEGER,
  currency TEXT,
  active INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX workspaces_id ON workspaces (tenant_id, id);
CREATE UNIQUE INDEX workspaces_external ON workspaces (tenant_id, external_id)
  WHERE external_id IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX workspaces_by_name ON workspaces (tenant_id, name) WHERE deleted_at IS NULL;

CREATE VIRTUAL TABLE workspaces_words USING fts5(
  name, tenant,
  content='', contentless_delete=1, tokenize="porter unicode61 remove_diacritics 2"
);
CREATE TRIGGER workspaces_search_new AFTER INSERT ON workspaces
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('workspaces', NEW.seq);
END;
CREATE TRIGGER workspaces_search_changed AFTER UPDATE OF name, deleted_at ON workspaces
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('workspaces', NEW.seq);
END;
CREATE TRIGGER workspaces_search_gone AFTER DELETE ON workspaces
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('workspaces', OLD.seq);
END;

CREATE TRIGGER workspaces_counted AFTER INSERT ON workspaces
WHEN NEW.deleted_at IS NULL
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n) VALUES (NEW.tenant_id, 'workspaces', 1)
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER workspaces_counted_again AFTER UPDATE OF deleted_at ON workspaces
WHEN (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL)
BEGIN
  INSERT INTO statistics_of_kinds (tenant_id, kind, n)
  VALUES (NEW.tenant_id, 'workspaces', iif(NEW.deleted_at IS NULL, 1, -1))
  ON CONFLICT (tenant_id, kind) DO UPDATE SET n = n + excluded.n;
END;
CREATE TRIGGER workspaces_counted_out AFTER DELETE ON workspaces
WHEN OLD.deleted_at IS NULL
BEGIN
  UPDATE statistics_of_kinds SET n = n - 1 WHERE tenant_id = OLD.tenant_id AND kind = 'workspaces';
END;

CREATE TABLE upstream_sources (
  -- One account at the service. Tokens are sealed (see src/auth/vault.rs): whoever has this file and
  -- not the key can ask the service nothing. The list of workspaces is a question to the account
  -- itself, so when it was answered last stands here, and so does whether the account is left alone
  -- because it failed (C19): the screen says so after a restart too.
  seq INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  name TEXT NOT NULL,
  base_url TEXT NOT NULL,
  admin_token BLOB,
  enabled INTEGER NOT NULL,
  -- Made-up figures, for the demo.
  demo INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  listed_at INTEGER,
  list_failed_at INTEGER,
  list_fault TEXT,
  list_message TEXT,
  open_until INTEGER
) STRICT;

CREATE UNIQUE INDEX upstream_sources_of_tenant ON upstream_sources (tenant_id, id);

CREATE TABLE upstream_workspaces (
  -- Which workspace of an account a record stands for, with the sealed token that is bound to it. One
  -- token each is what lets several be asked at a time.
  seq INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  source_id BLOB NOT NULL,
  upstream_id INTEGER NOT NULL,
  workspace_id BLOB NOT NULL,
  token BLOB,
  -- The account no longer lists it.
  missing INTEGER NOT NULL DEFAULT 0,
  FOREIGN KEY (tenant_id, source_id) REFERENCES upstream_sources (tenant_id, id),
  FOREIGN KEY (tenant_id, workspace_id) REFERENCES workspaces (tenant_id, id)
) STRICT;

CREATE UNIQUE INDEX upstream_workspaces_of_source ON upstream_workspaces (tenant_id, source_id, upstream_id);
CREATE UNIQUE INDEX upstream_workspaces_of_record ON upstream_workspaces (tenant_id, workspace_id);

CREATE TABLE upstream_snapshots (
  -- A piece: what one question gave for one workspace, as checked JSON, and what became of the latest
  -- attempt where it failed. What is there stays until something newer came (D13).
  seq INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  workspace_id BLOB NOT NULL,
  piece TEXT NOT NULL,
  -- The day on which it was asked for, in the tenant's zone.
  asked_on TEXT,
  fetched_at INTEGER,
  took_ms INTEGER,
  left_out INTEGER NOT NULL DEFAULT 0,
  completeness INTEGER NOT NULL DEFAULT 100,
  body TEXT,
  failed_at INTEGER,
  fault TEXT,
  message TEXT,
  FOREIGN KEY (tenant_id, workspace_id) REFERENCES workspaces (tenant_id, id)
) STRICT;

CREATE UNIQUE INDEX upstream_snapshots_of ON upstream_snapshots (tenant_id, workspace_id, piece);

CREATE TABLE data_cache_metadata (
  -- D24: of each dashboard, when it was last loaded from each source, how long that took and how it went.
  seq INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  source_id BLOB NOT NULL,
  dashboard TEXT NOT NULL,
  -- `fresh`: all of it came. `partial`: some did. `failed`: nothing did.
  status TEXT NOT NULL CHECK (status IN ('fresh', 'partial', 'failed')),
  loaded_at INTEGER NOT NULL,
  duration_ms INTEGER NOT NULL,
  pieces INTEGER NOT NULL,
  failed INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX data_cache_metadata_of ON data_cache_metadata (tenant_id, source_id, dashboard);

CREATE TABLE api_health_logs (
  -- D25: one row for each call to the service, repeats included. No address, no token, no body.
  seq INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  source_id BLOB NOT NULL,
  -- Which question: `workspaces`, `stats`, `senders`, `switch`, `tokens`.
  api TEXT NOT NULL,
  workspace_id BLOB,
  at INTEGER NOT NULL,
  took_ms INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  status INTEGER,
  -- `ok`, or the fault's word.
  outcome TEXT NOT NULL
) STRICT;

CREATE INDEX api_health_logs_by_time ON api_health_logs (tenant_id, at);
CREATE INDEX api_health_logs_by_age ON api_health_logs (at);

CREATE TABLE data_validation_errors (
  -- D18, D26: what came and was not as declared.
  seq INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  source_id BLOB NOT NULL,
  api TEXT NOT NULL,
  workspace_id BLOB,
  at INTEGER NOT NULL,
  -- `missing`, `type`, `range`, `not_json`.
  sort TEXT NOT NULL,
  pointer TEXT NOT NULL,
  message TEXT NOT NULL
) STRICT;

CREATE INDEX data_validation_errors_by_time ON data_validation_errors (tenant_id, at);
CREATE INDEX data_validation_errors_by_age ON data_validation_errors (at);

CREATE TABLE portal_alerts (
  -- D33: what the portal's watch found wrong, from when to when. One of a sort and source is open at a
  -- time; `calm_since` is when it was first found to be over, which is believed when it lasts.
  seq INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  -- `source`, `workspaces`, `slow`, `invalid`, `score`.
  rule TEXT NOT NULL,
  source_id BLOB,
  severity TEXT NOT NULL CHECK (severity IN ('warn', 'critical')),
  message TEXT NOT NULL,
  since INTEGER NOT NULL,
  calm_since INTEGER,
  until INTEGER
) STRICT;

CREATE UNIQUE INDEX portal_alerts_open ON portal_alerts (tenant_id, rule, ifnull(source_id, x'')) WHERE until IS NULL;
CREATE INDEX portal_alerts_by_time ON portal_alerts (tenant_id, since);
CREATE INDEX portal_alerts_by_age ON portal_alerts (until);

-- D27: how the portal of each business is, from 0 to 100, with the parts that make the score. A view
-- has no clock: it looks at the hour before the latest call, and at the day before it for what was not
-- as declared.
CREATE VIEW dashboard_health_summary AS
WITH latest AS (
  SELECT t.seq AS tenant_id, (SELECT max(at) FROM api_health_logs l WHERE l.tenant_id = t.seq) AS at FROM tenants t
), kept AS (
  -- Of workspaces that are looked at.
  SELECT p.tenant_id, p.failed_at FROM upstream_snapshots p
    JOIN workspaces w ON w.tenant_id = p.tenant_id AND w.id = p.workspace_id AND w.deleted_at IS NULL AND w.active = 1
    JOIN upstream_workspaces u ON u.tenant_id = p.tenant_id AND u.workspace_id = p.workspace_id AND u.missing = 0
    JOIN upstream_sources s ON s.tenant_id = u.tenant_id AND s.id = u.source_id AND s.enabled = 1
), counted AS (
  SELECT
    n.tenant_id, n.at AS last_call_at,
    (SELECT count(*) FROM api_health_logs l WHERE l.tenant_id = n.tenant_id AND l.at > n.at - 3600000) AS calls,
    (SELECT count(*) FROM api_health_logs l
      WHERE l.tenant_id = n.tenant_id AND l.at > n.at - 3600000 AND l.outcome <> 'ok') AS errors,
    (SELECT avg(took_ms) FROM api_health_logs l
      WHERE l.tenant_id = n.tenant_id AND l.at > n.at - 3600000 AND l.outcome = 'ok') AS average_ms,
    (SELECT count(*) FROM data_validation_errors e
      WHERE e.tenant_id = n.tenant_id AND e.at > n.at - 86400000) AS validation_errors,
    (SELECT count(*) FROM kept k WHERE k.tenant_id = n.tenant_id) AS pieces,
    (SELECT count(failed_at) FROM kept k WHERE k.tenant_id = n.tenant_id) AS failed,
    (SELECT count(*) FROM upstream_sources s WHERE s.tenant_id = n.tenant_id AND s.enabled = 1) AS sources,
    (SELECT count(open_until) FROM upstream_sources s WHERE s.tenant_id = n.tenant_id AND s.enabled = 1) AS paused
  FROM latest n WHERE n.at IS NOT NULL
), scored AS (
  SELECT *,
    -- Of 100 calls so many came to something; a source that is left alone answers none.
    CAST(round(100.0 * (calls - errors) / max(calls, 1) * (sources - paused) / max(sources, 1)) AS INTEGER) AS availability,
    -- Of 100 parts so many came when they were last asked for.
    CAST(round(100.0 * (pieces - failed) / max(pieces, 1)) AS INTEGER) AS completeness,
    -- Five off for each thing that was not as declared, down to nothing.
    max(0, 100 - 5 * validation_errors) AS validity,
    -- Full up to one second on average, nothing from five on.
    CAST(max(0, min(100, round((5000 - coalesce(average_ms, 0)) / 40.0))) AS INTEGER) AS speed
  FROM counted
)
SELECT *, CAST(round((4 * availability + 3 * completeness + 2 * validity + 1 * speed) / 10.0) AS INTEGER) AS score
FROM scored;
