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

CREATE TABLE documents (
  -- N22, D30: what came of a chore that makes something to be looked at or saved, a report or a list as a
  -- file, so that it is still there when whoever asked comes back for it, after a restart too. It was made
  -- with their rights as `rights` tells them apart and is shown under no others. `bytes` is what is kept of
  -- it. Old ones go (see src/chore/documents.rs).
  seq INTEGER PRIMARY KEY,
  chore_id BLOB NOT NULL UNIQUE,
  tenant_id INTEGER NOT NULL,
  rights INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  pieces INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The oldest of a tenant go first.
CREATE INDEX documents_by_age ON documents (tenant_id, made_at);

CREATE TABLE document_pieces (
  -- A document in pieces, each compressed: a long one is written as it is made, with the place from which
  -- its chore goes on after a kill, and read as it is sent. Rows of this size are better off in a table
  -- with rowids.
  seq INTEGER PRIMARY KEY,
  chore_id BLOB NOT NULL REFERENCES documents (chore_id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  body BLOB NOT NULL
) STRICT;

CREATE UNIQUE INDEX document_pieces_by_number ON document_pieces (chore_id, number);

INSERT INTO documents (chore_id, tenant_id, rights, made_at, pieces, bytes)
SELECT chore_id, tenant_id, rights, made_at, 1, length(body) FROM report_documents;
INSERT INTO document_pieces (chore_id, number, body) SELECT chore_id, 1, body FROM report_documents;
DROP TABLE report_documents;

-- D30: what was given up, for the gauge of the queue.
CREATE INDEX chores_dead ON chores (tenant_id) WHERE state IN ('dead');

-- N24: the chores that were given up, one message each. A group reads it and tells those whom it concerns;
-- its place and its claims are kept like everything else of a stream.
INSERT INTO streams (id, tenant_id, created_at, updated_at) VALUES (x'00000000000070008000000000000001', 0, 0, 0);
