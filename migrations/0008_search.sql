-- The search: per searched kind an index of words, with English stemming, and where parts of words
-- count (names, numbers, serials) one of trigrams. Both are contentless: they hold no text that the
-- record does not hold, only where it occurs, by the record's `seq`.
--
-- They are never written inside a change. The triggers note which record is behind, and the writer
-- follows within a second. `tenant` holds the word 't' and the tenant's seq, so that a search reads
-- one tenant's postings only.

CREATE VIRTUAL TABLE companies_words USING fts5(
  name, sector, website, email, address, tenant,
  content='', contentless_delete=1, tokenize="porter unicode61 remove_diacritics 2"
);
CREATE VIRTUAL TABLE companies_grams USING fts5(name, content='', contentless_delete=1, tokenize='trigram');
CREATE TRIGGER companies_search_new AFTER INSERT ON companies
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('companies', NEW.seq);
END;
CREATE TRIGGER companies_search_changed AFTER UPDATE OF name, sector, website, email, address, deleted_at ON companies
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('companies', NEW.seq);
END;
CREATE TRIGGER companies_search_gone AFTER DELETE ON companies
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('companies', OLD.seq);
END;

CREATE VIRTUAL TABLE sites_words USING fts5(
  name, address, tenant,
  content='', contentless_delete=1, tokenize="porter unicode61 remove_diacritics 2"
);
CREATE VIRTUAL TABLE sites_grams USING fts5(name, content='', contentless_delete=1, tokenize='trigram');
CREATE TRIGGER sites_search_new AFTER INSERT ON sites
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('sites', NEW.seq);
END;
CREATE TRIGGER sites_search_changed AFTER UPDATE OF name, address, deleted_at ON sites
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('sites', NEW.seq);
END;
CREATE TRIGGER sites_search_gone AFTER DELETE ON sites
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('sites', OLD.seq);
END;

CREATE VIRTUAL TABLE contacts_words USING fts5(
  name, email, tenant,
  content='', contentless_delete=1, tokenize="porter unicode61 remove_diacritics 2"
);
CREATE VIRTUAL TABLE contacts_grams USING fts5(name, email, content='', contentless_delete=1, tokenize='trigram');
CREATE TRIGGER contacts_search_new AFTER INSERT ON contacts
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('contacts', NEW.seq);
END;
CREATE TRIGGER contacts_search_changed AFTER UPDATE OF name, email, deleted_at ON contacts
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('contacts', NEW.seq);
END;
CREATE TRIGGER contacts_search_gone AFTER DELETE ON contacts
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('contacts', OLD.seq);
END;

CREATE VIRTUAL TABLE deals_words USING fts5(
  name, description, tenant,
  content='', contentless_delete=1, tokenize="porter unicode61 remove_diacritics 2"
);
CREATE VIRTUAL TABLE deals_grams USING fts5(name, content='', contentless_delete=1, tokenize='trigram');
CREATE TRIGGER deals_search_new AFTER INSERT ON deals
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('deals', NEW.seq);
END;
CREATE TRIGGER deals_search_changed AFTER UPDATE OF name, description, deleted_at ON deals
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('deals', NEW.seq);
END;
CREATE TRIGGER deals_search_gone AFTER DELETE ON deals
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('deals', OLD.seq);
END;

CREATE VIRTUAL TABLE equipment_words USING fts5(
  name, serial, manufacturer, model, tenant,
  content='', contentless_delete=1, tokenize="porter unicode61 remove_diacritics 2"
);
CREATE VIRTUAL TABLE equipment_grams USING fts5(serial, content='', contentless_delete=1, tokenize='trigram');
CREATE TRIGGER equipment_search_new AFTER INSERT ON equipment
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('equipment', NEW.seq);
END;
CREATE TRIGGER equipment_search_changed AFTER UPDATE OF name, serial, manufacturer, model, deleted_at ON equipment
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('equipment', NEW.seq);
END;
CREATE TRIGGER equipment_search_gone AFTER DELETE ON equipment
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('equipment', OLD.seq);
END;

CREATE VIRTUAL TABLE work_orders_words USING fts5(
  number, title, description, tenant,
  content='', contentless_delete=1, tokenize="porter unicode61 remove_diacritics 2"
);
CREATE VIRTUAL TABLE work_orders_grams USING fts5(number, content='', contentless_delete=1, tokenize='trigram');
CREATE TRIGGER work_orders_search_new AFTER INSERT ON work_orders
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('work-orders', NEW.seq);
END;
CREATE TRIGGER work_orders_search_changed AFTER UPDATE OF number, title, description, deleted_at ON work_orders
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('work-orders', NEW.seq);
END;
CREATE TRIGGER work_orders_search_gone AFTER DELETE ON work_orders
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('work-orders', OLD.seq);
END;

CREATE VIRTUAL TABLE tasks_words USING fts5(
  title, description, tenant,
  content='', contentless_delete=1, tokenize="porter unicode61 remove_diacritics 2"
);
CREATE TRIGGER tasks_search_new AFTER INSERT ON tasks
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('tasks', NEW.seq);
END;
CREATE TRIGGER tasks_search_changed AFTER UPDATE OF title, description, deleted_at ON tasks
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('tasks', NEW.seq);
END;
CREATE TRIGGER tasks_search_gone AFTER DELETE ON tasks
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('tasks', OLD.seq);
END;

CREATE VIRTUAL TABLE certificates_words USING fts5(
  number, tenant,
  content='', contentless_delete=1, tokenize="porter unicode61 remove_diacritics 2"
);
CREATE VIRTUAL TABLE certificates_grams USING fts5(number, content='', contentless_delete=1, tokenize='trigram');
CREATE TRIGGER certificates_search_new AFTER INSERT ON certificates
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('certificates', NEW.seq);
END;
CREATE TRIGGER certificates_search_changed AFTER UPDATE OF number, deleted_at ON certificates
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('certificates', NEW.seq);
END;
CREATE TRIGGER certificates_search_gone AFTER DELETE ON certificates
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('certificates', OLD.seq);
END;

CREATE VIRTUAL TABLE notes_words USING fts5(
  body, tenant,
  content='', contentless_delete=1, tokenize="porter unicode61 remove_diacritics 2"
);
CREATE TRIGGER notes_search_new AFTER INSERT ON notes
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('notes', NEW.seq);
END;
CREATE TRIGGER notes_search_changed AFTER UPDATE OF body, deleted_at ON notes
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('notes', NEW.seq);
END;
CREATE TRIGGER notes_search_gone AFTER DELETE ON notes
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('notes', OLD.seq);
END;

CREATE VIRTUAL TABLE attachments_words USING fts5(
  name, tenant,
  content='', contentless_delete=1, tokenize="porter unicode61 remove_diacritics 2"
);
CREATE VIRTUAL TABLE attachments_grams USING fts5(name, content='', contentless_delete=1, tokenize='trigram');
CREATE TRIGGER attachments_search_new AFTER INSERT ON attachments
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('attachments', NEW.seq);
END;
CREATE TRIGGER attachments_search_changed AFTER UPDATE OF name, deleted_at ON attachments
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('attachments', NEW.seq);
END;
CREATE TRIGGER attachments_search_gone AFTER DELETE ON attachments
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('attachments', OLD.seq);
END;

CREATE VIRTUAL TABLE stock_items_words USING fts5(
  name, number, tenant,
  content='', contentless_delete=1, tokenize="porter unicode61 remove_diacritics 2"
);
CREATE VIRTUAL TABLE stock_items_grams USING fts5(name, number, content='', contentless_delete=1, tokenize='trigram');
CREATE TRIGGER stock_items_search_new AFTER INSERT ON stock_items
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('stock-items', NEW.seq);
END;
CREATE TRIGGER stock_items_search_changed AFTER UPDATE OF name, number, deleted_at ON stock_items
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('stock-items', NEW.seq);
END;
CREATE TRIGGER stock_items_search_gone AFTER DELETE ON stock_items
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('stock-items', OLD.seq);
END;

CREATE VIRTUAL TABLE contractors_words USING fts5(
  name, trade, tenant,
  content='', contentless_delete=1, tokenize="porter unicode61 remove_diacritics 2"
);
CREATE VIRTUAL TABLE contractors_grams USING fts5(name, content='', contentless_delete=1, tokenize='trigram');
CREATE TRIGGER contractors_search_new AFTER INSERT ON contractors
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('contractors', NEW.seq);
END;
CREATE TRIGGER contractors_search_changed AFTER UPDATE OF name, trade, deleted_at ON contractors
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('contractors', NEW.seq);
END;
CREATE TRIGGER contractors_search_gone AFTER DELETE ON contractors
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('contractors', OLD.seq);
END;

CREATE VIRTUAL TABLE services_words USING fts5(
  name, description, tenant,
  content='', contentless_delete=1, tokenize="porter unicode61 remove_diacritics 2"
);
CREATE TRIGGER services_search_new AFTER INSERT ON services
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('services', NEW.seq);
END;
CREATE TRIGGER services_search_changed AFTER UPDATE OF name, description, deleted_at ON services
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('services', NEW.seq);
END;
CREATE TRIGGER services_search_gone AFTER DELETE ON services
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('services', OLD.seq);
END;

CREATE VIRTUAL TABLE products_words USING fts5(
  name, number, description, tenant,
  content='', contentless_delete=1, tokenize="porter unicode61 remove_diacritics 2"
);
CREATE VIRTUAL TABLE products_grams USING fts5(name, number, content='', contentless_delete=1, tokenize='trigram');
CREATE TRIGGER products_search_new AFTER INSERT ON products
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('products', NEW.seq);
END;
CREATE TRIGGER products_search_changed AFTER UPDATE OF name, number, description, deleted_at ON products
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('products', NEW.seq);
END;
CREATE TRIGGER products_search_gone AFTER DELETE ON products
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('products', OLD.seq);
END;

CREATE VIRTUAL TABLE categories_words USING fts5(
  name, tenant,
  content='', contentless_delete=1, tokenize="porter unicode61 remove_diacritics 2"
);
CREATE TRIGGER categories_search_new AFTER INSERT ON categories
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('categories', NEW.seq);
END;
CREATE TRIGGER categories_search_changed AFTER UPDATE OF name, deleted_at ON categories
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('categories', NEW.seq);
END;
CREATE TRIGGER categories_search_gone AFTER DELETE ON categories
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('categories', OLD.seq);
END;

CREATE VIRTUAL TABLE suppliers_words USING fts5(
  name, tenant,
  content='', contentless_delete=1, tokenize="porter unicode61 remove_diacritics 2"
);
CREATE TRIGGER suppliers_search_new AFTER INSERT ON suppliers
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('suppliers', NEW.seq);
END;
CREATE TRIGGER suppliers_search_changed AFTER UPDATE OF name, deleted_at ON suppliers
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('suppliers', NEW.seq);
END;
CREATE TRIGGER suppliers_search_gone AFTER DELETE ON suppliers
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('suppliers', OLD.seq);
END;

CREATE VIRTUAL TABLE users_words USING fts5(
  name, email, tenant,
  content='', contentless_delete=1, tokenize="porter unicode61 remove_diacritics 2"
);
CREATE VIRTUAL TABLE users_grams USING fts5(name, email, content='', contentless_delete=1, tokenize='trigram');
CREATE TRIGGER users_search_new AFTER INSERT ON users
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('users', NEW.seq);
END;
CREATE TRIGGER users_search_changed AFTER UPDATE OF name, email, deleted_at ON users
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('users', NEW.seq);
END;
CREATE TRIGGER users_search_gone AFTER DELETE ON users
BEGIN
  INSERT OR IGNORE INTO search_dirty (kind, seq) VALUES ('users', OLD.seq);
END;
