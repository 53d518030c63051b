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
