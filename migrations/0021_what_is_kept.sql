-- What is kept is what the rules say: figures of deals, letters that wait, checkpoints.

-- R16, R18: people take `won` and `Won` for the same stage, the figures keep them apart and are put together
-- when they are read. So a stage that changes in its capitals alone has changed.
DROP TRIGGER statistics_of_deals_changed;
CREATE TRIGGER statistics_of_deals_changed AFTER UPDATE OF stage, currency, value, deleted_at ON deals
WHEN NEW.stage COLLATE BINARY IS NOT OLD.stage
  OR NEW.currency IS NOT OLD.currency
  OR NEW.value IS NOT OLD.value
  OR (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL)
BEGIN
  UPDATE statistics_of_deals SET n = n - 1, summed = summed - (OLD.value IS NOT NULL),
    sum_high = sum_high - coalesce(OLD.value >> 32, 0), sum_low = sum_low - coalesce(OLD.value & 4294967295, 0)
  WHERE OLD.deleted_at IS NULL AND tenant_id = OLD.tenant_id AND coalesce(stage, '') = coalesce(OLD.stage, '') AND coalesce(currency, '') = coalesce(OLD.currency, '');
  INSERT INTO statistics_of_deals (tenant_id, stage, currency, n, summed, sum_high, sum_low)
  SELECT NEW.tenant_id, NEW.stage, NEW.currency, 1, NEW.value IS NOT NULL, coalesce(NEW.value >> 32, 0), coalesce(NEW.value & 4294967295, 0)
  WHERE NEW.deleted_at IS NULL
  ON CONFLICT (tenant_id, coalesce(stage, ''), coalesce(currency, '')) DO UPDATE SET n = n + 1, summed = summed + excluded.summed,
    sum_high = sum_high + excluded.sum_high, sum_low = sum_low + excluded.sum_low;
END;
DROP TRIGGER statistics_of_deals_by_company_changed;
CREATE TRIGGER statistics_of_deals_by_company_changed AFTER UPDATE OF company_id, stage, currency, value, deleted_at ON deals
WHEN NEW.company_id IS NOT OLD.company_id
  OR NEW.stage COLLATE BINARY IS NOT OLD.stage
  OR NEW.currency IS NOT OLD.currency
  OR NEW.value IS NOT OLD.value
  OR (NEW.deleted_at IS NULL) <> (OLD.deleted_at IS NULL)
BEGIN
  UPDATE statistics_of_deals_by_company SET n = n - 1, summed = summed - (OLD.value IS NOT NULL),
    sum_high = sum_high - coalesce(OLD.value >> 32, 0), sum_low = sum_low - coalesce(OLD.value & 4294967295, 0)
  WHERE OLD.deleted_at IS NULL AND tenant_id = OLD.tenant_id AND company_id = OLD.company_id AND coalesce(stage, '') = coalesce(OLD.stage, '') AND coalesce(currency, '') = coalesce(OLD.currency, '');
  INSERT INTO statistics_of_deals_by_company (tenant_id, company_id, stage, currency, n, summed, sum_high, sum_low)
  SELECT NEW.tenant_id, NEW.company_id, NEW.stage, NEW.currency, 1, NEW.value IS NOT NULL, coalesce(NEW.value >> 32, 0), coalesce(NEW.value & 4294967295, 0)
  WHERE NEW.deleted_at IS NULL AND NEW.company_id IS NOT NULL
  ON CONFLICT (tenant_id, company_id, coalesce(stage, ''), coalesce(currency, '')) DO UPDATE SET n = n + 1, summed = summed + excluded.summed,
    sum_high = sum_high + excluded.sum_high, sum_low = sum_low + excluded.sum_low;
END;

-- 10,000 letters wait at most. From the first number to the last there may be more than that though few
-- wait: the oldest may be tried for hours while others come and go.
DROP TRIGGER notices_are_given;
CREATE TRIGGER notices_are_given INSTEAD OF INSERT ON notices
WHEN NEW.user_id IS NOT NEW.by_id
  AND EXISTS (
    SELECT 1 FROM users u WHERE u.tenant_id = NEW.tenant_id AND u.id = NEW.user_id
      AND u.active = 1 AND u.deleted_at IS NULL AND u.identity_id IS NOT NULL)
  AND NOT EXISTS (
    SELECT 1 FROM notification_settings s WHERE s.tenant_id = NEW.tenant_id AND s.user_id = NEW.user_id
      AND s.sort = NEW.sort AND s.way = 'none')
BEGIN
  INSERT INTO notifications (tenant_id, user_id, number, at, sort, by_id, kind, record_id, told)
  VALUES (
    NEW.tenant_id, NEW.user_id,
    1 + coalesce((SELECT max(number) FROM notifications WHERE tenant_id = NEW.tenant_id AND user_id = NEW.user_id), 0),
    NEW.at, NEW.sort, NEW.by_id, NEW.kind, NEW.record_id, NEW.told);
  INSERT INTO mails (tenant_id, user_id, number, created_at, attempts, next_at)
  SELECT NEW.tenant_id, NEW.user_id,
    (SELECT max(number) FROM notifications WHERE tenant_id = NEW.tenant_id AND user_id = NEW.user_id), NEW.at, 0, NEW.at
  FROM notification_settings s
  WHERE s.tenant_id = NEW.tenant_id AND s.user_id = NEW.user_id AND s.sort = NEW.sort AND s.way = 'mail'
    AND (SELECT count(*) FROM (SELECT 1 FROM mails LIMIT 10000)) < 10000;
  DELETE FROM notifications WHERE seq = (
    SELECT seq FROM notifications WHERE tenant_id = NEW.tenant_id AND user_id = NEW.user_id
    ORDER BY at DESC, number DESC LIMIT 1 OFFSET 200);
END;

-- Nobody goes on from what is done. What a report had put aside is as large as the report.
UPDATE chores SET checkpoint = NULL WHERE checkpoint IS NOT NULL AND (state = 'done' OR
  state IN ('dead', 'cancelled') AND length(checkpoint) > 4096);
