-- Whose a machine, an order and a certificate is follows from where it stands. The engine fills
-- `company_id` in when the reference is written; these triggers carry a parent's own move down, in
-- the same transaction, so that no client ever sees another's machine for a moment. They bump no
-- version: nothing that a person wrote has changed.

CREATE TRIGGER sites_move AFTER UPDATE OF company_id ON sites
WHEN NEW.company_id IS NOT OLD.company_id
BEGIN
  UPDATE equipment SET company_id = NEW.company_id WHERE tenant_id = NEW.tenant_id AND site_id = NEW.id;
  UPDATE work_orders SET company_id = NEW.company_id WHERE tenant_id = NEW.tenant_id AND site_id = NEW.id;
END;

-- Also fired by the trigger above.
CREATE TRIGGER equipment_moves AFTER UPDATE OF company_id ON equipment
WHEN NEW.company_id IS NOT OLD.company_id
BEGIN
  UPDATE certificates SET company_id = NEW.company_id WHERE tenant_id = NEW.tenant_id AND equipment_id = NEW.id;
END;
