//! The accounts at the service, which only an owner connects: where they are, and with which token. A
//! token goes in and never comes out.

use rusqlite::{Connection, OptionalExtension};
use serde_json::{Value as Json, json};

use crate::auth::{Vault, only_owners};
use crate::db::{Change, Value, fault};
use crate::kernel::{Error, FieldError, Id, Moment, Result};
use crate::record::View;

use super::address::address;
use super::errand::{of_source, of_workspace};
use super::fault::Fault;
use super::payload::is_token;
use super::store::Source;

/// Accounts that one tenant may connect.
const MOST: i64 = 10;
const NAME: usize = 200;

/// What an owner says of a source; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct SourceChange {
    pub name: Option<String>,
    pub base_url: Option<String>,
    /// `Some(None)` takes it away.
    pub token: Option<Option<String>>,
    pub enabled: Option<bool>,
    /// Set by the server alone.
    pub demo: bool,
}

/// The sources of the viewer's tenant: their addresses for owners alone.
pub fn list(view: &View<'_>, now: Moment) -> Result<Vec<Json>> {
    let owner = only_owners(view.access).is_ok();
    let sql = "SELECT s.id, s.name, s.base_url, s.admin_token IS NOT NULL, s.enabled, s.demo, s.listed_at, \
        s.list_failed_at, s.list_fault, s.list_message, s.open_until, \
        (SELECT count(*) FROM upstream_workspaces u WHERE u.tenant_id=s.tenant_id AND u.source_id=s.id AND u.missing=0), \
        (SELECT count(*) FROM upstream_workspaces u WHERE u.tenant_id=s.tenant_id AND u.source_id=s.id AND u.missing=0 \
            AND u.token IS NOT NULL) \
        FROM upstream_sources s WHERE s.tenant_id=? ORDER BY s.seq";
    let mut statement = view.conn.prepare_cached(sql).map_err(fault)?;
    let found = statement.query_map([view.access.tenant.key], |row| {
        let time = |at: usize| row.get::<_, Option<i64>>(at).map(|ms| ms.map(Moment));
        let id = Value::from_sql(row.get_ref(0)?).as_id().unwrap_or_default();
        let (workspaces, tokens): (i64, i64) = (row.get(11)?, row.get(12)?);
        let (enabled, open_until, failed) = (row.get::<_, bool>(4)?, time(10)?, time(7)?);
        let state = match (enabled, open_until, failed, time(6)?) {
            (false, ..) => "off",
            (_, Some(_), ..) => "paused",
            (_, _, Some(_), _) => "failing",
            (.., None) if row.get(3)? => "new",
            _ => "ok",
        };
        let error = match failed {
            Some(at) => json!({
                "code": row.get::<_, String>(8)?, "message": row.get::<_, String>(9)?, "at": at.to_string(),
            }),
            None => Json::Null,
        };
        let mut source = json!({
            "id": id.to_string(),
            "name": row.get::<_, String>(1)?,
            "enabled": enabled,
            "demo": row.get::<_, bool>(5)?,
            "has_token": row.get::<_, bool>(3)?,
            "workspaces": workspaces,
            "tokens": tokens,
            // One workspace after the other, because they share one token.
            "serial": tokens < workspaces,
            "state": state,
            "listed_at": time(6)?.map(|at| at.to_string()),
            "paused_until": open_until.filter(|until| *until > now).map(|until| until.to_string()),
            "error": error,
        });
        if owner {
            source["base_url"] = row.get::<_, String>(2)?.into();
        }
        Ok(source)
    });
    found.map_err(fault)?.collect::<rusqlite::Result<_>>().map_err(fault)
}

/// Which record stands for which workspace of which source, and whether it has a token of its own.
pub fn bindings(view: &View<'_>) -> Result<Vec<Json>> {
    let sql = "SELECT u.workspace_id, w.name, w.active, u.source_id, u.upstream_id, u.token IS NOT NULL, u.missing \
        FROM upstream_workspaces u JOIN workspaces w ON w.tenant_id=u.tenant_id AND w.id=u.workspace_id \
        WHERE u.tenant_id=? AND w.deleted_at IS NULL ORDER BY w.name, w.seq";
    let mut statement = view.conn.prepare_cached(sql).map_err(fault)?;
    let found = statement.query_map([view.access.tenant.key], |row| {
        let id = |at: usize| row.get_ref(at).map(|value| Value::from_sql(value).as_id().map(|id| id.to_string()));
        Ok(json!({
            "workspace_id": id(0)?,
            "name": row.get::<_, String>(1)?,
            "active": row.get::<_, bool>(2)?,
            "source_id": id(3)?,
            "upstream_id": row.get::<_, i64>(4)?,
            "has_token": row.get::<_, bool>(5)?,
            // The service lists it no more.
            "missing": row.get::<_, bool>(6)?,
        }))
    });
    found.map_err(fault)?.collect::<rusqlite::Result<_>>().map_err(fault)
}

/// A source of the tenant.
///
/// # Errors
/// Not found where there is none.
pub fn find(conn: &Connection, tenant: i64, id: Id) -> Result<Source> {
    let sql = "SELECT base_url, admin_token FROM upstream_sources WHERE tenant_id=?1 AND id=?2";
    let read = |row: &rusqlite::Row<'_>| Ok(Source { id, base_url: row.get(0)?, admin: row.get(1)?, open_until: None });
    let found = conn.query_row(sql, (tenant, Value::from(id)), read).optional().map_err(fault)?;
    found.ok_or_else(|| {
        Error::NotFound(Box::new(crate::kernel::Detail {
            code: "not_found",
            message: "There is no such source.".into(),
            ..Default::default()
        }))
    })
}

/// The pieces of a source's workspaces; its parameters are the tenant and the source.
const OF_SOURCE: &str = "tenant_id=?1 AND workspace_id IN \
    (SELECT workspace_id FROM upstream_workspaces WHERE tenant_id=?1 AND source_id=?2)";
/// With another token it may be asked at once what was refused.
const FORGET_FAILURES: &str = "UPDATE upstream_snapshots SET failed_at=NULL, fault=NULL, message=NULL";

/// Plans a new source.
///
/// # Errors
/// Forbidden unless an owner asks; one field error for each part that cannot be.
pub fn plan_source(
    view: &View<'_>,
    vault: &Vault,
    wish: &SourceChange,
    plain: impl Fn(&str) -> bool,
    now: Moment,
) -> Result<(Id, Change)> {
    only_owners(view.access)?;
    let tenant = &view.access.tenant;
    let sql = "SELECT count(*) FROM upstream_sources WHERE tenant_id=?";
    let there: i64 = view.conn.query_row(sql, [tenant.key], |row| row.get(0)).map_err(fault)?;
    if there >= MOST {
        return Err(Error::conflict("too_many", format!("There are {MOST} sources already. Remove one first.")));
    }
    let base_url = check(wish, plain)?;
    let id = Id::new();
    let token = match wish.token.as_ref().and_then(Option::as_deref) {
        Some(token) => Value::Blob(vault.seal(of_source(tenant, id), token)?.into()),
        None => Value::Null,
    };
    let mut change = Change::new();
    change.push(
        "INSERT INTO upstream_sources(id, tenant_id, name, base_url, admin_token, enabled, demo, created_at, updated_at) \
         VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?8)",
        vec![
            id.into(),
            tenant.key.into(),
            wish.name.as_deref().unwrap_or_default().trim().into(),
            base_url.unwrap_or_default().into(),
            token,
            wish.enabled.unwrap_or(true).into(),
            wish.demo.into(),
            now.into(),
        ],
    );
    change.touch(tenant.key, "portal");
    Ok((id, change))
}

/// Plans a change of a source. With another address every token is given anew: none is ever sent
/// where it was not given for.
///
/// # Errors
/// As [`plan_source`]; not found where there is none.
pub fn plan_source_change(
    view: &View<'_>,
    vault: &Vault,
    id: Id,
    wish: &SourceChange,
    plain: impl Fn(&str) -> bool,
    now: Moment,
) -> Result<Change> {
    only_owners(view.access)?;
    let tenant = &view.access.tenant;
    let source = find(view.conn, tenant.key, id)?;
    let base_url = check(wish, plain)?;
    let moves = base_url.as_ref().is_some_and(|url| *url != source.base_url);
    if moves && source.admin.is_some() && wish.token.is_none() {
        return Err(Error::field("token", "required", "With another address, give the token anew."));
    }
    let of = || vec![Value::from(tenant.key), Value::from(id)];
    let mut change = Change::new();
    let mut set = |column: &str, value: Value| {
        let sql = format!("UPDATE upstream_sources SET {column}=?3 WHERE tenant_id=?1 AND id=?2");
        change.push(sql, of().into_iter().chain([value]).collect());
    };
    set("updated_at", now.into());
    if let Some(name) = &wish.name {
        set("name", name.trim().into());
    }
    if let Some(url) = &base_url {
        set("base_url", url.as_str().into());
    }
    if let Some(enabled) = wish.enabled {
        set("enabled", enabled.into());
    }
    if let Some(token) = &wish.token {
        let sealed = token.as_deref().map(|token| vault.seal(of_source(tenant, id), token)).transpose()?;
        set("admin_token", sealed.map_or(Value::Null, |sealed| Value::Blob(sealed.into())));
    }
    if moves || wish.token.is_some() || wish.enabled.is_some() {
        for column in ["listed_at", "list_failed_at", "list_fault", "list_message", "open_until"] {
            set(column, Value::Null);
        }
    }
    if moves {
        change.push("UPDATE upstream_workspaces SET token=NULL WHERE tenant_id=? AND source_id=?", of());
        // What the other service said is not what this one says.
        change.push(format!("DELETE FROM upstream_snapshots WHERE {OF_SOURCE}"), of());
    } else if wish.token.is_some() {
        change.push(format!("{FORGET_FAILURES} WHERE {OF_SOURCE}"), of());
    }
    change.touch(tenant.key, "portal");
    Ok(change)
}

/// What trying a source out said of it, so that it is not called well where it is not.
pub fn plan_source_tested(tenant: i64, id: Id, fault: Option<&Fault>, now: Moment) -> Change {
    let (at, code) = (fault.map(|_| now), fault.map(Fault::code));
    let mut change = Change::new();
    change.push(
        "UPDATE upstream_sources SET list_failed_at=?3, list_fault=?4, list_message=?5 WHERE tenant_id=?1 AND id=?2",
        vec![tenant.into(), id.into(), at.into(), code.into(), fault.map(Fault::told).into()],
    );
    change.touch(tenant, "portal");
    change
}

/// Plans that a source goes, with its tokens and what it said. The workspaces stay, with their targets.
///
/// # Errors
/// As [`plan_source_change`].
pub fn plan_source_removal(view: &View<'_>, id: Id) -> Result<Change> {
    only_owners(view.access)?;
    let tenant = view.access.tenant.key;
    find(view.conn, tenant, id)?;
    let of = || vec![Value::from(tenant), Value::from(id)];
    let mut change = Change::new();
    change.push(format!("DELETE FROM upstream_snapshots WHERE {OF_SOURCE}"), of());
    // What was noted of its calls goes in its time: it may be hundreds of thousands of rows.
    for table in ["upstream_workspaces", "data_cache_metadata"] {
        change.push(format!("DELETE FROM {table} WHERE tenant_id=? AND source_id=?"), of());
    }
    change.push("DELETE FROM upstream_sources WHERE tenant_id=? AND id=?", of());
    change.touch(tenant, "portal");
    Ok(change)
}

/// Plans which workspace of which source a record stands for, with the token bound to it.
///
/// # Errors
/// Forbidden unless an owner asks; not found where there is no such record or source; a conflict where
/// another record stands for it.
pub fn plan_binding(
    view: &View<'_>,
    vault: &Vault,
    workspace: Id,
    to: Option<(Id, i64)>,
    token: Option<&str>,
) -> Result<Change> {
    only_owners(view.access)?;
    let tenant = &view.access.tenant;
    let live = "SELECT count(*) FROM workspaces WHERE tenant_id=?1 AND id=?2 AND deleted_at IS NULL";
    let there: i64 =
        view.conn.query_row(live, (tenant.key, Value::from(workspace)), |row| row.get(0)).map_err(fault)?;
    if there == 0 {
        return Err(Error::not_found());
    }
    if let Some(token) = token {
        check_token(token).map_err(|error| Error::fields(vec![error]))?;
    }
    let sealed = token.map(|token| vault.seal(of_workspace(tenant, workspace), token)).transpose()?;
    let sealed = sealed.map_or(Value::Null, |sealed| Value::Blob(sealed.into()));
    let bound = "SELECT count(*) FROM upstream_workspaces WHERE tenant_id=?1 AND workspace_id=?2";
    let bound: i64 =
        view.conn.query_row(bound, (tenant.key, Value::from(workspace)), |row| row.get(0)).map_err(fault)?;
    let mut change = Change::new();
    match to {
        Some((source, upstream)) => {
            find(view.conn, tenant.key, source)?;
            let taken = "SELECT count(*) FROM upstream_workspaces \
                WHERE tenant_id=?1 AND source_id=?2 AND upstream_id=?3 AND workspace_id<>?4";
            let of = (tenant.key, Value::from(source), upstream, Value::from(workspace));
            let taken: i64 = view.conn.query_row(taken, of, |row| row.get(0)).map_err(fault)?;
            if taken > 0 {
                return Err(Error::conflict("taken", "Another workspace stands for that number already."));
            }
            // Figures of one workspace must not stand under another's name.
            change.push(
                "DELETE FROM upstream_snapshots WHERE tenant_id=?1 AND workspace_id=?2 AND NOT EXISTS(\
                 SELECT 1 FROM upstream_workspaces WHERE tenant_id=?1 AND workspace_id=?2 AND source_id=?3 \
                 AND upstream_id=?4)",
                vec![tenant.key.into(), workspace.into(), source.into(), upstream.into()],
            );
            change.push(
                "INSERT INTO upstream_workspaces(tenant_id, source_id, upstream_id, workspace_id, token) \
                 VALUES(?1,?2,?3,?4,?5) ON CONFLICT(tenant_id, workspace_id) DO UPDATE \
                 SET source_id=?2, upstream_id=?3, token=?5, missing=0",
                vec![tenant.key.into(), source.into(), upstream.into(), workspace.into(), sealed],
            );
        }
        None if bound == 0 => {
            let message = "Say which workspace it is: give source_id and upstream_id, too.";
            return Err(Error::field("source_id", "required", message));
        }
        None => {
            change.push(
                "UPDATE upstream_workspaces SET token=?3 WHERE tenant_id=?1 AND workspace_id=?2",
                vec![tenant.key.into(), workspace.into(), sealed],
            );
        }
    }
    change.push(
        format!("{FORGET_FAILURES} WHERE tenant_id=? AND workspace_id=?"),
        vec![tenant.key.into(), workspace.into()],
    );
    change.touch(tenant.key, "portal");
    Ok(change)
}

/// Checks what was said, and gives the address in its plain form.
fn check(wish: &SourceChange, plain: impl Fn(&str) -> bool) -> Result<Option<String>> {
    let mut wrong = Vec::new();
    if let Some(name) = &wish.name
        && (name.trim().is_empty() || name.chars().count() > NAME)
    {
        wrong.push(FieldError::at("name", "length", format!("Give a name of 1 to {NAME} characters.")));
    }
    if let Some(Some(token)) = &wish.token {
        wrong.extend(check_token(token).err());
    }
    let base_url = wish.base_url.as_deref().map(|url| address(url, plain)).transpose();
    match base_url {
        Ok(base_url) if wrong.is_empty() => Ok(base_url),
        Ok(_) => Err(Error::fields(wrong)),
        Err(error) => {
            wrong.push(error);
            Err(Error::fields(wrong))
        }
    }
}

fn check_token(token: &str) -> Result<(), FieldError> {
    let message = "Give the token as the service shows it: up to 1,000 visible characters, without spaces.";
    if is_token(token) { Ok(()) } else { Err(FieldError::at("token", "format", message)) }
}
