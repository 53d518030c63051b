-- What goes on behind the scenes: streams of progress that outlive a restart, and the queue of chores.

CREATE TABLE streams (
  -- N22 to N26: one piece of work that tells how far it is, whose it is, and the last sequence number
  -- that was given out. The number is the store's, so no restart repeats or skips one. `tenant_id` 0
  -- is the server itself; no user means that the work is nobody's in particular.
  id BLOB PRIMARY KEY,
  tenant_id INTEGER NOT NULL,
  user_id BLOB,
  last INTEGER NOT NULL DEFAULT 0,
  finished INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- N26: streams on which nothing came for long go first.
CREATE INDEX streams_by_age ON streams (updated_at);

CREATE TABLE stream_messages (
  -- What was told, in its order. Nothing rewrites a message; whoever comes late reads them all.
  stream_id BLOB NOT NULL REFERENCES streams (id) ON DELETE CASCADE,
  sequence INTEGER NOT NULL,
  at INTEGER NOT NULL,
  stage TEXT NOT NULL,
  percentage REAL NOT NULL,
  message TEXT NOT NULL,
  PRIMARY KEY (stream_id, sequence)
) STRICT, WITHOUT ROWID;

CREATE TABLE stream_groups (
  -- N24: several readers that share a stream: up to which message they have been handed out.
  stream_id BLOB NOT NULL REFERENCES streams (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  position INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (stream_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE stream_claims (
  -- A message that was handed to one reader of a group and is not acknowledged yet. Once its time is
  -- over, another reader gets it.
  stream_id BLOB NOT NULL,
  name TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  claim BLOB NOT NULL,
  until INTEGER NOT NULL,
  deliveries INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (stream_id, name, sequence),
  FOREIGN KEY (stream_id, name) REFERENCES stream_groups (stream_id, name) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE chores (
  -- Work that goes on after the request or comes by the clock, and that must survive a kill at any
  -- moment. A row is a claim of its own: who runs it holds a lease, and one that ran out is taken up
  -- again from its checkpoint. Its stream has the same id. `tenant_id` 0 is the server's own work.
  seq INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  tenant_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  -- Who works it off: the light hands, the heavy hand, or the thread of imports.
  lane TEXT NOT NULL,
  parameters TEXT NOT NULL DEFAULT '{}',
  priority INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  run_after INTEGER NOT NULL,
  holder BLOB,
  lease_until INTEGER,
  cancel INTEGER NOT NULL DEFAULT 0,
  checkpoint TEXT,
  dedupe TEXT,
  result TEXT,
  error TEXT,
  created_by BLOB,
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  ended_at INTEGER,
  updated_at INTEGER NOT NULL
) STRICT;

-- What is next, for each lane; and which leases have run out.
CREATE INDEX chores_next ON chores (lane, priority DESC, run_after, seq) WHERE state IN ('waiting', 'failed');
CREATE INDEX chores_leased ON chores (lane, lease_until) WHERE lease_until IS NOT NULL;
-- The page of the queue: what is open, then the latest that ended.
CREATE INDEX chores_open ON chores (tenant_id, seq) WHERE state IN ('waiting', 'running', 'failed');
CREATE INDEX chores_by_tenant ON chores (tenant_id, seq);
CREATE INDEX chores_by_end ON chores (ended_at) WHERE ended_at IS NOT NULL;
-- The same work is asked for once, however often somebody asks.
CREATE UNIQUE INDEX chores_once ON chores (tenant_id, kind, dedupe)
  WHERE dedupe IS NOT NULL AND state IN ('waiting', 'running', 'failed');

CREATE TABLE schedules (
  -- When each piece of clock work is next due. Moved on in the change that puts the chore into the
  -- queue, so that a restart neither skips nor repeats it.
  tenant_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  next_at INTEGER NOT NULL,
  last_at INTEGER,
  PRIMARY KEY (tenant_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE due_orders (
  -- S23: which order was made for which due day of a machine. The key is what keeps a second order
  -- from being made, whoever asks at the same time.
  tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  equipment_id BLOB NOT NULL,
  what TEXT NOT NULL,
  due_on TEXT NOT NULL,
  work_order_id BLOB NOT NULL,
  PRIMARY KEY (tenant_id, equipment_id, what, due_on)
) STRICT, WITHOUT ROWID;

CREATE TABLE work_order_repeats (
  -- X10: the order that came after a repeating one. The series is counted from its anchor and not
  -- from step to step: a month after 31 January is 28 February, and the one after that 31 March.
  -- Without a next order the series has ended.
  tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  work_order_id BLOB NOT NULL,
  next_id BLOB,
  rule TEXT NOT NULL,
  anchor TEXT NOT NULL,
  step INTEGER NOT NULL,
  PRIMARY KEY (tenant_id, work_order_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX work_order_repeats_by_next ON work_order_repeats (tenant_id, next_id) WHERE next_id IS NOT NULL;

-- X10: the few orders that repeat, among all.
CREATE INDEX work_orders_repeating ON work_orders (tenant_id, status)
  WHERE recurrence IS NOT NULL AND deleted_at IS NULL;

-- S23: so many days before it is due, a machine gets its order. A tenant may want none: NULL.
ALTER TABLE tenants ADD COLUMN due_ahead_days INTEGER DEFAULT 30;

-- Imports have a thread, a table and a page of their own. In the queue they are shown by these, in the
-- very changes that move them: under the import's id, on a stream of that id. Their lease is empty, so
-- nobody else takes them up.
CREATE TRIGGER imports_begin AFTER UPDATE OF state ON imports
WHEN NEW.state IN ('checking', 'running', 'reverting') AND OLD.state <> NEW.state
BEGIN
  INSERT INTO streams (id, tenant_id, user_id, created_at, updated_at)
  VALUES (NEW.id, NEW.tenant_id, NEW.created_by, NEW.updated_at, NEW.updated_at)
  ON CONFLICT (id) DO UPDATE SET finished = 0, user_id = excluded.user_id, updated_at = excluded.updated_at;
  INSERT INTO chores (id, tenant_id, kind, lane, parameters, state, attempts, run_after, created_by, created_at, started_at,
    updated_at)
  VALUES (NEW.id, NEW.tenant_id, 'import', 'import',
    json_object('kind', NEW.kind, 'file_name', NEW.file_name, 'step', NEW.state), 'running', 1, NEW.updated_at,
    NEW.created_by, NEW.updated_at, NEW.updated_at, NEW.updated_at)
  ON CONFLICT (id) DO UPDATE SET state = 'running', parameters = excluded.parameters, created_by = excluded.created_by,
    started_at = excluded.started_at, ended_at = NULL, error = NULL, result = NULL, updated_at = excluded.updated_at;
  UPDATE streams SET last = last + 1 WHERE id = NEW.id;
  INSERT INTO stream_messages (stream_id, sequence, at, stage, percentage, message)
  SELECT id, last, NEW.updated_at, NEW.state, CASE WHEN NEW.total > 0 AND NEW.state = 'running' THEN NEW.done * 100.0 / NEW.total ELSE 0 END,
    CASE NEW.state WHEN 'checking' THEN 'Looking through the rows' WHEN 'running' THEN 'Taking the rows in'
      ELSE 'Taking it back' END
  FROM streams WHERE id = NEW.id;
END;

-- A hundred messages at most, however long the file is.
CREATE TRIGGER imports_go_on AFTER UPDATE OF done ON imports
WHEN NEW.state = 'running' AND NEW.total > 0 AND NEW.done * 100 / NEW.total <> OLD.done * 100 / NEW.total
BEGIN
  UPDATE streams SET last = last + 1, updated_at = NEW.updated_at WHERE id = NEW.id;
  INSERT INTO stream_messages (stream_id, sequence, at, stage, percentage, message)
  SELECT id, last, NEW.updated_at, 'running', min(100.0, NEW.done * 100.0 / NEW.total), NEW.done || ' of ' || NEW.total || ' rows'
  FROM streams WHERE id = NEW.id;
END;

CREATE TRIGGER imports_end AFTER UPDATE OF state ON imports
WHEN OLD.state IN ('checking', 'running', 'reverting') AND NEW.state NOT IN ('checking', 'running', 'reverting')
BEGIN
  UPDATE chores SET
    state = CASE WHEN NEW.error IS NOT NULL THEN 'dead' WHEN NEW.state = 'draft' THEN 'cancelled' ELSE 'done' END,
    result = json_object('created', NEW.created, 'updated', NEW.updated, 'rejected', NEW.rejected),
    error = NEW.error, ended_at = NEW.updated_at, updated_at = NEW.updated_at
  WHERE id = NEW.id;
  UPDATE streams SET last = last + 1, finished = 1, updated_at = NEW.updated_at WHERE id = NEW.id;
  INSERT INTO stream_messages (stream_id, sequence, at, stage, percentage, message)
  SELECT id, last, NEW.updated_at, NEW.state,
    CASE WHEN NEW.error IS NULL THEN 100.0 WHEN NEW.total > 0 THEN min(100.0, NEW.done * 100.0 / NEW.total) ELSE 0 END,
    substr(coalesce(NEW.error, 'Done'), 1, 500)
  FROM streams WHERE id = NEW.id;
END;
