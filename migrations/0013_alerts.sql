-- What went wrong with the server itself, and when it was over.

CREATE TABLE alerts (
  -- N43, S62: an alert from the moment it fired; without an end it is still open. It belongs to the
  -- server and to no tenant.
  id BLOB PRIMARY KEY,
  rule TEXT NOT NULL,
  severity TEXT NOT NULL CHECK (severity IN ('warn', 'critical')),
  since INTEGER NOT NULL,
  until INTEGER,
  -- The figure that was furthest off, and the threshold that the severity stands for.
  worst REAL NOT NULL,
  threshold REAL NOT NULL,
  message TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX alerts_by_since ON alerts (since);
