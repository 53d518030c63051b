-- S71: what was completed, week by week. Without it every order of the tenant was looked at.
CREATE INDEX work_orders_by_completion ON work_orders (tenant_id, completed_at)
  WHERE completed_at IS NOT NULL AND deleted_at IS NULL;
