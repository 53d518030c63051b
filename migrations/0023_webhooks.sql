-- What other programs are told: alerts to a chat, and whatever a business has its own programs follow.

CREATE TABLE webhooks (
  -- X09, D34: where a tenant has messages sent. The address and the secret are sealed, because whoever
  -- knows a chat's address may write there: a backup alone gives neither away. `host` is what is shown.
  seq INTEGER PRIMARY KEY,
  id BLOB NOT NULL,
  tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  name TEXT NOT NULL COLLATE NOCASE,
  sort TEXT NOT NULL CHECK (sort IN ('slack', 'standard')),
  host TEXT NOT NULL,
  address BLOB NOT NULL,
  -- What messages are signed with; a chat asks for none.
  secret BLOB,
  -- The names of the chosen events, a JSON list.
  events TEXT NOT NULL,
  -- Who chose the server's alerts: they come only while that person may know of them. Without anybody
  -- it was the command line.
  alerts_by BLOB,
  enabled INTEGER NOT NULL,
  -- Why the server switched it off: its receiver said that it is gone for good, or failed for days.
  off_because TEXT CHECK (off_because IN ('gone', 'failing')),
  created_at INTEGER NOT NULL,
  created_by BLOB,
  updated_at INTEGER NOT NULL,
  -- How it goes: failures in a row and since when, when it was last called, and until when a receiver
  -- that fails is left alone.
  failures INTEGER NOT NULL,
  failing_since INTEGER,
  last_at INTEGER,
  last_delivered_at INTEGER,
  held_until INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX webhooks_id ON webhooks (tenant_id, id);
CREATE UNIQUE INDEX webhooks_by_name ON webhooks (tenant_id, name);

CREATE TABLE webhook_deliveries (
  -- One message for one webhook: written in the change that causes it, so that there is none without its
  -- cause and none is lost, and kept for a while to be looked up and sent again. Its id is the same on
  -- every attempt, by which a receiver knows what it has had.
  seq INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  webhook INTEGER NOT NULL REFERENCES webhooks (seq) ON DELETE CASCADE,
  id BLOB NOT NULL,
  event TEXT NOT NULL,
  -- What it tells of: a webhook is told once of an event about one thing.
  about BLOB NOT NULL,
  at INTEGER NOT NULL,
  -- In words for people, and as programs are told it.
  text TEXT NOT NULL,
  body TEXT NOT NULL,
  -- Somebody waits for it: it is sent although the receiver is being left alone.
  urgent INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  next_at INTEGER NOT NULL,
  done_at INTEGER,
  delivered INTEGER NOT NULL,
  -- The last attempt: when, the status and the beginning of the answer, or why there was none.
  tried_at INTEGER,
  status INTEGER,
  answer TEXT,
  error TEXT,
  took_ms INTEGER
) STRICT;

CREATE UNIQUE INDEX webhook_deliveries_id ON webhook_deliveries (webhook, id);
CREATE UNIQUE INDEX webhook_deliveries_once ON webhook_deliveries (webhook, event, about);
-- Whose turn it is, and when the next one is due.
CREATE INDEX webhook_deliveries_by_turn ON webhook_deliveries (webhook, next_at) WHERE done_at IS NULL;
CREATE INDEX webhook_deliveries_by_time ON webhook_deliveries (next_at) WHERE done_at IS NULL;
-- The oldest go after a time.
CREATE INDEX webhook_deliveries_by_age ON webhook_deliveries (at);
CREATE INDEX webhook_deliveries_by_tenant ON webhook_deliveries (tenant_id);

-- 1,000 are kept for each webhook, those that wait among them: a receiver that is gone costs no more.
CREATE TRIGGER webhook_deliveries_are_bounded AFTER INSERT ON webhook_deliveries
BEGIN
  DELETE FROM webhook_deliveries WHERE seq = (
    SELECT seq FROM webhook_deliveries WHERE webhook = NEW.webhook ORDER BY id DESC LIMIT 1 OFFSET 1000);
END;
