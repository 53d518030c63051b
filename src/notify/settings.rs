//! How a person wants to be told of each sort of thing.

use serde_json::{Map, Value as Json, json};

use crate::db::{Change, Value, fault, note as note_read};
use crate::kernel::{Error, FieldError, Result};
use crate::record::View;

use super::Sort;
use super::list::reader;

/// In the app, by e-mail as well, or not at all.
const WAYS: [&str; 3] = ["app", "mail", "none"];

/// `{"assigned":"app",…,"mail":false}`; `mail` says whether the server can send any.
pub fn settings(view: &View<'_>, mail: bool) -> Result<Json> {
    const CHOSEN: &str = "SELECT sort, way FROM notification_settings WHERE tenant_id=? AND user_id=?";
    note_read(view.conn, CHOSEN);
    let mut statement = view.conn.prepare_cached(CHOSEN).map_err(fault)?;
    let of = (view.access.tenant.key, reader(view)?);
    let rows = statement.query_map((of.0, of.1.as_bytes()), |row| Ok((row.get(0)?, row.get(1)?))).map_err(fault)?;
    let chosen: Vec<(String, String)> = rows.collect::<rusqlite::Result<_>>().map_err(fault)?;
    let mut told = Map::new();
    for sort in Sort::ALL {
        let way = chosen.iter().find(|(name, _)| name == sort.as_str()).map_or("app", |(_, way)| way);
        told.insert(sort.as_str().to_owned(), json!(way));
    }
    told.insert("mail".to_owned(), json!(mail));
    Ok(Json::Object(told))
}

/// Plans what a person chose, for the sorts that they name.
pub fn plan_settings(view: &View<'_>, body: &Map<String, Json>, mail: bool) -> Result<Change> {
    let (tenant, user) = (view.access.tenant.key, reader(view)?);
    let (mut change, mut errors) = (Change::new(), Vec::new());
    for (name, way) in body {
        let Some(sort) = Sort::ALL.into_iter().find(|sort| sort.as_str() == name) else {
            errors.push(FieldError::at(name, "unknown_field", "There is no such sort of notification."));
            continue;
        };
        let Some(way) = WAYS.into_iter().find(|known| way == known) else {
            errors.push(FieldError::at(name, "unknown_value", format!("Give one of: {}.", WAYS.join(", "))));
            continue;
        };
        if way == "mail" && !mail {
            let message = "This server sends no e-mail. Whoever runs it can set mail.smtp_url and mail.from.";
            errors.push(FieldError::at(name, "no_mail", message));
            continue;
        }
        change.push(
            "INSERT INTO notification_settings(tenant_id, user_id, sort, way) VALUES(?,?,?,?) \
             ON CONFLICT (tenant_id, user_id, sort) DO UPDATE SET way=excluded.way",
            vec![Value::Int(tenant), Value::Id(user), Value::from(sort.as_str()), Value::from(way)],
        );
    }
    if !errors.is_empty() {
        return Err(Error::fields(errors));
    }
    change.touch(tenant, "notifications");
    Ok(change)
}
