-- A field of the tenant's own is the tenant's matter until somebody says that its clients may see it:
-- what stands in the ones that are there already was never meant for them.
ALTER TABLE custom_fields ADD COLUMN client_visible INTEGER NOT NULL DEFAULT 0;
