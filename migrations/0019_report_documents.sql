CREATE TABLE report_documents (
  -- N22: what came of a report that somebody had run behind the scenes, so that it is still there when
  -- they come back for it, after a restart too. It was made with their rights as `rights` tells them
  -- apart and is shown under no others. `body` is the document, compressed; rows of this size are
  -- better off in a table with rowids. Old ones go (see src/chore/documents.rs).
  seq INTEGER PRIMARY KEY,
  chore_id BLOB NOT NULL UNIQUE,
  tenant_id INTEGER NOT NULL,
  user_id BLOB NOT NULL,
  report TEXT NOT NULL,
  parameters TEXT NOT NULL,
  rights INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  body BLOB NOT NULL
) STRICT;

-- The oldest of a tenant go first.
CREATE INDEX report_documents_by_age ON report_documents (tenant_id, made_at);
