-- What must happen to logins whichever way a user changes: by hand, by an import, its revert, a merge.

-- A session ends with the role that it was opened under: new rights begin with a new token, and who
-- is switched off or taken away is out at once.
CREATE TRIGGER users_sign_out AFTER UPDATE OF role, active, deleted_at, identity_id ON users
WHEN NEW.role IS NOT OLD.role OR NEW.active = 0 OR NEW.deleted_at IS NOT NULL
  OR NEW.identity_id IS NOT OLD.identity_id
BEGIN
  DELETE FROM sessions WHERE tenant_id = NEW.tenant_id AND user_id = NEW.id;
END;

-- A tenant without an owner who can sign in could never get one again.
CREATE TRIGGER users_keep_an_owner BEFORE UPDATE OF role, active, deleted_at, identity_id ON users
WHEN OLD.role = 'owner' AND OLD.active = 1 AND OLD.deleted_at IS NULL AND OLD.identity_id IS NOT NULL
  AND NOT (NEW.role IS 'owner' AND NEW.active = 1 AND NEW.deleted_at IS NULL AND NEW.identity_id IS NOT NULL)
  AND NOT EXISTS (
    SELECT 1 FROM users u WHERE u.tenant_id = OLD.tenant_id AND u.role = 'owner' AND u.active = 1
      AND u.deleted_at IS NULL AND u.identity_id IS NOT NULL AND u.id <> OLD.id)
BEGIN
  SELECT RAISE(ABORT, 'guard:last_owner');
END;
