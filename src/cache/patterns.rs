//! The names under which people know what is cached, and which tables each stands for.
//!
//! An answer is never looked up by such a name, and nothing is searched through for one: to drop
//! `org:northgate:wo:*` is to say that its work orders have changed. A rule drops all of its tables
//! at the same tick of the clock, or none.

use crate::db::{TableSet, Tables};

/// What a name stands for; `*` stands for one part of it. A name that begins like a rule takes all
/// of it, `org:acme:*` thus everything of a tenant.
const RULES: &[(&str, &[&str])] = &[
    ("org:*:site:*", &["sites"]),
    ("org:*:sites:list:*", &["sites"]),
    ("org:*:elevator:*", &["equipment"]),
    ("org:*:wo:*", &["work_orders", "activity"]),
    ("org:*:dashboard:*", &["work_orders", "tasks", "deals", "equipment", "certificates", "activity"]),
    ("org:*:search:*", &["companies_words", "sites_words", "contacts_words", "equipment_words", "work_orders_words"]),
    ("org:*:filters:*:*", &["status_options", "custom_fields", "categories"]),
    ("user:*:prefs", &["users", "views"]),
    ("user:*:recent", &["recents"]),
    ("cache:user:*", &["users", "views", "recents"]),
    ("cache:dashboard:*:*", &["work_orders", "tasks", "deals", "equipment", "certificates", "activity"]),
    ("cache:search:*:*", &["companies_words", "sites_words", "contacts_words", "equipment_words", "work_orders_words"]),
    // A change of a company reaches its people and its deals (N31).
    ("cache:organization:*", &["companies", "contacts", "deals"]),
    ("cache:list:contacts:*", &["contacts"]),
    ("cache:contact:*", &["contacts"]),
    ("cache:opportunity:*", &["deals"]),
    ("report:*", &["work_orders", "deals", "time_logs", "part_logs", "companies", "contacts"]),
];

/// What to drop: of one tenant (by its slug) or of all, these tables.
#[derive(Debug, PartialEq, Eq)]
pub struct Drop<'a> {
    pub tenant: Option<&'a str>,
    pub tables: TableSet,
}

/// Reads a name or pattern; `None` when no rule is called like it.
pub fn parse<'a>(pattern: &'a str, tables: &Tables) -> Option<Drop<'a>> {
    if pattern == "*" {
        return Some(Drop { tenant: None, tables: TableSet::ALL });
    }
    let parts: Vec<&str> = pattern.split(':').collect();
    let tenant = (parts[0] == "org").then(|| parts.get(1).copied()).flatten().filter(|slug| *slug != "*");
    let open = parts.last() == Some(&"*");
    let fits = |rule: &str| {
        let rule: Vec<&str> = rule.split(':').collect();
        let same = |(a, b): (&&str, &&str)| a == b || *a == "*" || *b == "*";
        (rule.len() == parts.len() || open && rule.len() > parts.len()) && rule.iter().zip(&parts).all(same)
    };
    let named = RULES.iter().filter(|(rule, _)| fits(rule)).flat_map(|(_, names)| names.iter());
    let set = named.filter_map(|name| tables.number(name)).fold(TableSet::default(), |set, n| set | TableSet::only(n));
    // All of a tenant is all of it, whatever the rules name.
    let all = parts[0] == "org" && (parts.len() == 2 || parts[2..] == ["*"]);
    let set = if all { TableSet::ALL } else { set };
    (!set.is_empty()).then_some(Drop { tenant, tables: set })
}

/// Every name that can be dropped, for help.
pub fn names() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|(rule, _)| *rule)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_for_its_tables_and_no_others() {
        let connection = rusqlite::Connection::open_in_memory().expect("a database");
        for name in ["sites", "work_orders", "activity", "companies", "contacts", "deals", "recents"] {
            connection.execute_batch(&format!("CREATE TABLE {name}(x)")).expect("a table");
        }
        let tables = Tables::read(&connection).expect("read");
        let of =
            |pattern| parse(pattern, &tables).map(|d| (d.tenant, tables.names(d.tables).collect::<Vec<_>>().join(" ")));
        assert_eq!(of("org:acme:wo:*"), Some((Some("acme"), "activity work_orders".into())));
        assert_eq!(of("org:acme:wo:17"), of("org:acme:wo:*"));
        assert_eq!(of("org:*:site:9"), Some((None, "sites".into())));
        assert_eq!(of("cache:organization:17"), Some((None, "companies contacts deals".into())));
        assert_eq!(of("user:17:recent"), Some((None, "recents".into())));
        assert_eq!(parse("org:acme:*", &tables).map(|d| d.tables), parse("org:acme", &tables).map(|d| d.tables));
        assert_eq!(parse("*", &tables), Some(Drop { tenant: None, tables: TableSet::ALL }));
        assert_eq!(of("cache:nothing"), None);
        assert!(names().count() > 10);
    }
}
