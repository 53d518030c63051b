-- S71: what was completed, week by week. Without it every order of the tenant was looked at.
CREATE INDEX work_orders_by_completion ON work_orders (tenant_id, completed_at)
  WHERE completed_at IS NOT NULL AND deleted_at IS NULL;
-- S71: what is overdue and what is due next, among the few that are still open.
CREATE INDEX work_orders_open_by_due ON work_orders (tenant_id, due_at)
  WHERE status NOT IN ('completed', 'invoiced', 'cancelled') AND deleted_at IS NULL;
