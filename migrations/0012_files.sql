-- Files: whose bytes are still wanted, and the picture that stands for a tenant.

-- The chore that removes bytes asks of each file whether a row of its tenant refers to it.
CREATE INDEX attachments_by_content ON attachments (tenant_id, sha256) WHERE sha256 IS NOT NULL;

-- The digest and the media type of the tenant's logo; both or neither.
ALTER TABLE tenants ADD COLUMN logo_sha256 TEXT;
ALTER TABLE tenants ADD COLUMN logo_type TEXT CHECK ((logo_type IS NULL) = (logo_sha256 IS NULL));
