-- What comes of long work is kept whole, whether it is a report or an exported list; and an import can be
-- cancelled.

-- An import that was cancelled stands where it was stopped: it can be gone on with, or taken back. A check
-- that was cancelled leaves a draft. Neither went wrong, and neither is done.
DROP TRIGGER imports_end;
CREATE TRIGGER imports_end AFTER UPDATE OF state ON imports
WHEN OLD.state IN ('checking', 'running', 'reverting') AND NEW.state NOT IN ('checking', 'running', 'reverting')
BEGIN
  UPDATE chores SET
    state = CASE WHEN NEW.error IS NOT NULL THEN 'dead' WHEN NEW.state IN ('draft', 'cancelled') THEN 'cancelled' ELSE 'done' END,
    result = json_object('created', NEW.created, 'updated', NEW.updated, 'rejected', NEW.rejected),
    error = NEW.error, ended_at = NEW.updated_at, updated_at = NEW.updated_at
  WHERE id = NEW.id;
  UPDATE streams SET last = last + 1, finished = 1, updated_at = NEW.updated_at WHERE id = NEW.id;
  INSERT INTO stream_messages (stream_id, sequence, at, stage, percentage, message)
  SELECT id, last, NEW.updated_at, NEW.state,
    CASE WHEN NEW.error IS NULL AND NEW.state NOT IN ('draft', 'cancelled') THEN 100.0
      WHEN NEW.total > 0 THEN min(100.0, NEW.done * 100.0 / NEW.total) ELSE 0 END,
    CASE WHEN NEW.error IS NOT NULL THEN substr(NEW.error, 1, 500)
      WHEN NEW.state = 'cancelled' THEN 'Cancelled: ' || NEW.done || ' of ' || NEW.total || ' rows are done and stay'
      WHEN NEW.state = 'draft' THEN 'Cancelled' ELSE 'Done' END
  FROM streams WHERE id = NEW.id;
END;
