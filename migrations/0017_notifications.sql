-- What people are told about: work given to them, their name in a note, an import that is done.
--
-- A notification is written in the change that causes it, by triggers on what every change writes
-- anyway: the log, and an import's state. So it comes whichever way the change came, there is none
-- without its cause, and none is lost.

CREATE TABLE notifications (
  -- One line for one person. It names a record and says nothing of it: what it is called is looked up
  -- when it is read, under the rights that the person has by then. `number` counts one person's own,
  -- because a number of all of them would tell of other businesses.
  seq INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  user_id BLOB NOT NULL,
  number INTEGER NOT NULL,
  at INTEGER NOT NULL,
  sort TEXT NOT NULL,
  by_id BLOB,
  kind TEXT,
  record_id BLOB,
  told TEXT,
  read_at INTEGER
) STRICT;

CREATE UNIQUE INDEX notifications_by_user ON notifications (tenant_id, user_id, number);
-- The latest first, and which is the oldest of the 200.
CREATE INDEX notifications_by_time ON notifications (tenant_id, user_id, at, number);
CREATE INDEX notifications_unread ON notifications (tenant_id, user_id) WHERE read_at IS NULL;
-- The oldest go after a time.
CREATE INDEX notifications_by_age ON notifications (at);

CREATE TABLE notification_settings (
  -- How a person wants to be told of a sort of thing: `app`, `mail` (there too) or `none`. Without a
  -- row it is `app`.
  seq INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  user_id BLOB NOT NULL,
  sort TEXT NOT NULL,
  way TEXT NOT NULL CHECK (way IN ('app', 'mail', 'none'))
) STRICT;

CREATE UNIQUE INDEX notification_settings_by_user ON notification_settings (tenant_id, user_id, sort);

CREATE TABLE mails (
  -- Letters that wait for the mail server. Only which notification it is about is kept: the letter is
  -- written when it is sent, under the rights of that moment.
  seq INTEGER PRIMARY KEY,
  tenant_id INTEGER NOT NULL REFERENCES tenants (seq),
  user_id BLOB NOT NULL,
  number INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  next_at INTEGER NOT NULL
) STRICT;

CREATE INDEX mails_by_turn ON mails (next_at);

-- Whoever has something to tell inserts it here. Nobody is told of their own deed, nor who cannot sign
-- in, nor who does not want to be. 200 are kept for each person, and 10,000 letters in all.
CREATE VIEW notices (tenant_id, user_id, at, sort, by_id, kind, record_id, told) AS
SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL WHERE 0;

CREATE TRIGGER notices_are_given INSTEAD OF INSERT ON notices
WHEN NEW.user_id IS NOT NEW.by_id
  AND EXISTS (
    SELECT 1 FROM users u WHERE u.tenant_id = NEW.tenant_id AND u.id = NEW.user_id
      AND u.active = 1 AND u.deleted_at IS NULL AND u.identity_id IS NOT NULL)
  AND NOT EXISTS (
    SELECT 1 FROM notification_settings s WHERE s.tenant_id = NEW.tenant_id AND s.user_id = NEW.user_id
      AND s.sort = NEW.sort AND s.way = 'none')
BEGIN
  INSERT INTO notifications (tenant_id, user_id, number, at, sort, by_id, kind, record_id, told)
  VALUES (
    NEW.tenant_id, NEW.user_id,
    1 + coalesce((SELECT max(number) FROM notifications WHERE tenant_id = NEW.tenant_id AND user_id = NEW.user_id), 0),
    NEW.at, NEW.sort, NEW.by_id, NEW.kind, NEW.record_id, NEW.told);
  INSERT INTO mails (tenant_id, user_id, number, created_at, attempts, next_at)
  SELECT NEW.tenant_id, NEW.user_id,
    (SELECT max(number) FROM notifications WHERE tenant_id = NEW.tenant_id AND user_id = NEW.user_id), NEW.at, 0, NEW.at
  FROM notification_settings s
  WHERE s.tenant_id = NEW.tenant_id AND s.user_id = NEW.user_id AND s.sort = NEW.sort AND s.way = 'mail'
    AND (SELECT coalesce(max(seq) - min(seq), 0) FROM mails) < 10000;
  DELETE FROM notifications WHERE seq = (
    SELECT seq FROM notifications WHERE tenant_id = NEW.tenant_id AND user_id = NEW.user_id
    ORDER BY at DESC, number DESC LIMIT 1 OFFSET 200);
END;

-- Work is given to somebody by somebody else. What an import brings was given long ago.
CREATE TRIGGER activity_gives_work AFTER INSERT ON activity
WHEN NEW.kind = 'work-orders' AND NEW.action IN ('create', 'update') AND NEW.import_id IS NULL
  AND NEW.user_id IS NOT NULL AND (NEW.action = 'create' OR json_type(NEW.changes, '$.assigned_to') IS NOT NULL)
BEGIN
  INSERT INTO notices (tenant_id, user_id, at, sort, by_id, kind, record_id)
  SELECT NEW.tenant_id, r.assigned_to, NEW.at, 'assigned', NEW.user_id, NEW.kind, NEW.record_id
  FROM work_orders r WHERE r.tenant_id = NEW.tenant_id AND r.id = NEW.record_id AND r.assigned_to IS NOT NULL;
END;
CREATE TRIGGER activity_gives_a_task AFTER INSERT ON activity
WHEN NEW.kind = 'tasks' AND NEW.action IN ('create', 'update') AND NEW.import_id IS NULL
  AND NEW.user_id IS NOT NULL AND (NEW.action = 'create' OR json_type(NEW.changes, '$.assignee_id') IS NOT NULL)
BEGIN
  INSERT INTO notices (tenant_id, user_id, at, sort, by_id, kind, record_id)
  SELECT NEW.tenant_id, r.assignee_id, NEW.at, 'assigned', NEW.user_id, NEW.kind, NEW.record_id
  FROM tasks r WHERE r.tenant_id = NEW.tenant_id AND r.id = NEW.record_id AND r.assignee_id IS NOT NULL;
END;
CREATE TRIGGER activity_gives_a_deal AFTER INSERT ON activity
WHEN NEW.kind = 'deals' AND NEW.action IN ('create', 'update') AND NEW.import_id IS NULL
  AND NEW.user_id IS NOT NULL AND (NEW.action = 'create' OR json_type(NEW.changes, '$.owner_id') IS NOT NULL)
BEGIN
  INSERT INTO notices (tenant_id, user_id, at, sort, by_id, kind, record_id)
  SELECT NEW.tenant_id, r.owner_id, NEW.at, 'assigned', NEW.user_id, NEW.kind, NEW.record_id
  FROM deals r WHERE r.tenant_id = NEW.tenant_id AND r.id = NEW.record_id AND r.owner_id IS NOT NULL;
END;

-- Who is mentioned in a note, by their ids: a name in its text may be anybody's.
ALTER TABLE notes ADD COLUMN mentions TEXT;

-- Whoever was mentioned before the note was changed knows of it already.
CREATE TRIGGER activity_mentions AFTER INSERT ON activity
WHEN NEW.kind = 'notes' AND NEW.action IN ('create', 'update') AND NEW.import_id IS NULL
  AND NEW.user_id IS NOT NULL AND (NEW.action = 'create' OR json_type(NEW.changes, '$.mentions') IS NOT NULL)
BEGIN
  INSERT INTO notices (tenant_id, user_id, at, sort, by_id, kind, record_id)
  SELECT NEW.tenant_id, unhex(m.value, '-'), NEW.at, 'mentioned', NEW.user_id, r.about_kind, r.about_id
  FROM notes r JOIN json_each(r.mentions) m
  WHERE r.tenant_id = NEW.tenant_id AND r.id = NEW.record_id AND r.mentions IS NOT NULL
    AND m.value NOT IN (SELECT value FROM json_each(coalesce(NEW.changes ->> '$.mentions[0]', '[]')));
END;

-- A dry run tells whoever waits for it; this is for who went on with other things.
CREATE TRIGGER imports_are_over AFTER UPDATE OF state ON imports
WHEN OLD.state IN ('running', 'reverting') AND NEW.state IN ('done', 'failed', 'reverted') AND NEW.created_by IS NOT NULL
BEGIN
  INSERT INTO notices (tenant_id, user_id, at, sort, kind, record_id, told)
  VALUES (NEW.tenant_id, NEW.created_by, NEW.updated_at, 'import_finished', 'imports', NEW.id, NEW.state);
END;
