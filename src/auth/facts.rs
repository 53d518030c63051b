//! What the store says of a person and of a tenant: everything that a request needs to know, read
//! once and kept until it changes.

use std::collections::HashMap;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, Row};
use serde_json::{Map, Value as Json};

use crate::db::fault;
use crate::kernel::{Id, Moment, Result, fold, spelled};
use crate::kind::{Choice, CustomField, Registry, Tenant};
use crate::limit::Tier;

use super::{Digest, Role, RoleText};

/// A user and what their rights hang on.
pub(super) struct Who {
    pub tenant: i64,
    pub user: Id,
    /// In the case-folded form that roles are found by.
    pub role: String,
    pub company: Option<Id>,
    pub contractor: Option<Id>,
}

/// Who a session belongs to, as the store has it now.
pub(super) struct Person {
    pub who: Who,
    pub session: Id,
    pub identity: Id,
    pub name: Arc<str>,
    pub email: Arc<str>,
    pub operator: bool,
    pub tier: Option<Tier>,
    pub created_at: Moment,
    pub last_used_at: Moment,
}

/// A tenant with its own roles compiled; shared by all its sessions.
pub(super) struct House {
    pub tenant: Arc<Tenant>,
    /// By case-folded name, without the shipped ones.
    pub roles: HashMap<String, Arc<Role>>,
}

/// The person behind a session that has not ended, while they are active in its tenant.
pub(super) fn person(connection: &Connection, digest: Digest, now: Moment) -> Result<Option<Person>> {
    let mut statement = connection
        .prepare_cached(
            "SELECT u.tenant_id, u.id, u.role, u.company_id, u.contractor_id, s.id, s.identity_id, u.name, i.email,
                    i.operator, u.tier, s.created_at, s.last_used_at
             FROM sessions s
             JOIN identities i ON i.id = s.identity_id
             JOIN users u ON u.tenant_id = s.tenant_id AND u.id = s.user_id AND u.identity_id = s.identity_id
             WHERE s.token_sha256 = ?1 AND s.expires_at > ?2
               AND u.active = 1 AND u.deleted_at IS NULL AND u.role IS NOT NULL",
        )
        .map_err(fault)?;
    let row = statement.query_row((digest.as_bytes(), now.0), |row| {
        Ok(Person {
            who: read_who(row)?,
            session: id(row, 5)?,
            identity: id(row, 6)?,
            name: row.get::<_, String>(7)?.into(),
            email: row.get::<_, String>(8)?.into(),
            operator: row.get(9)?,
            tier: tier(row, 10)?,
            created_at: Moment(row.get(11)?),
            last_used_at: Moment(row.get(12)?),
        })
    });
    row.optional().map_err(fault)
}

/// The tokens of so many sessions that were used since a moment, the latest first: whatever is used
/// lasts longer, so the index of when they end knows.
pub(super) fn latest_digests(connection: &Connection, most: usize, since: Moment, now: Moment) -> Result<Vec<Digest>> {
    let sql = "SELECT token_sha256 FROM sessions WHERE expires_at > ?1 AND last_used_at >= ?2
               ORDER BY expires_at DESC LIMIT ?3";
    let mut statement = connection.prepare_cached(sql).map_err(fault)?;
    let rows = statement.query_map((now.0, since.0, most as i64), |row| row.get(0)).map_err(fault)?;
    rows.map(|digest| digest.map(Digest::kept).map_err(fault)).collect()
}

/// A user who is active in the tenant, with a login or without.
pub(super) fn who(connection: &Connection, tenant: i64, user: Id) -> Result<Option<Who>> {
    let sql = "SELECT tenant_id, id, role, company_id, contractor_id FROM users
               WHERE tenant_id = ?1 AND id = ?2 AND active = 1 AND deleted_at IS NULL AND role IS NOT NULL";
    connection.query_row(sql, (tenant, user.as_bytes()), read_who).optional().map_err(fault)
}

fn read_who(row: &Row<'_>) -> rusqlite::Result<Who> {
    Ok(Who {
        tenant: row.get(0)?,
        user: id(row, 1)?,
        role: fold(&row.get::<_, String>(2)?),
        company: optional_id(row, 3)?,
        contractor: optional_id(row, 4)?,
    })
}

/// Everything about a tenant that requests need.
pub(super) fn house(connection: &Connection, key: i64, registry: &Registry) -> Result<House> {
    let mut tenant = connection
        .query_row(
            "SELECT id, slug, name, zone, currency, logo_sha256, logo_type, version, due_ahead_days FROM tenants WHERE seq = ?1",
            [key],
            |row| {
                Ok(Tenant {
                    key,
                    id: id(row, 0)?,
                    version: row.get(7)?,
                    slug: row.get::<_, String>(1)?.into(),
                    name: row.get::<_, String>(2)?.into(),
                    zone: row.get::<_, String>(3)?.into(),
                    currency: row.get::<_, String>(4)?.into(),
                    logo: match (row.get::<_, Option<String>>(5)?, row.get::<_, Option<String>>(6)?) {
                        (Some(sha256), Some(media)) => Some((sha256.into(), media.into())),
                        _ => None,
                    },
                    due_ahead_days: row.get(8)?,
                    custom: Arc::default(),
                    choices: Arc::default(),
                })
            },
        )
        .map_err(fault)?;
    tenant.custom = custom_fields(connection, key)?.into();
    tenant.choices = choices(connection, key)?.into();
    Ok(House { tenant: Arc::new(tenant), roles: roles(connection, key, registry)? })
}

fn custom_fields(connection: &Connection, key: i64) -> Result<Vec<CustomField>> {
    all(
        connection,
        "SELECT seq, kind, name, label, type, options, required, filterable, client_visible FROM custom_fields
         WHERE tenant_id = ?1 AND deleted_at IS NULL ORDER BY seq",
        key,
        |row| {
            let options: Option<String> = row.get(5)?;
            let options: Vec<String> = options.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default();
            Ok(CustomField {
                seq: row.get(0)?,
                kind: row.get::<_, String>(1)?.into(),
                name: row.get::<_, String>(2)?.into(),
                label: row.get::<_, String>(3)?.into(),
                ty: crate::kinds::custom_type(&row.get::<_, String>(4)?),
                options: options.into(),
                required: row.get(6)?,
                filterable: row.get(7)?,
                client_visible: row.get(8)?,
            })
        },
    )
}

fn choices(connection: &Connection, key: i64) -> Result<Vec<Choice>> {
    all(
        connection,
        "SELECT list, name, counts_as, label FROM status_options
         WHERE tenant_id = ?1 AND deleted_at IS NULL ORDER BY list, position, seq",
        key,
        |row| {
            let (name, label): (String, Option<String>) = (row.get(1)?, row.get(3)?);
            Ok(Choice {
                list: row.get::<_, String>(0)?.into(),
                label: label.unwrap_or_else(|| spelled(&name)).into(),
                name: name.into(),
                counts_as: row.get::<_, Option<String>>(2)?.unwrap_or_default().into(),
            })
        },
    )
}

fn roles(connection: &Connection, key: i64, registry: &Registry) -> Result<HashMap<String, Arc<Role>>> {
    let texts = all(
        connection,
        "SELECT name, grants, hidden, locked, tier FROM roles
         WHERE tenant_id = ?1 AND deleted_at IS NULL AND shipped IS NOT 1",
        key,
        |row| {
            Ok(RoleText {
                name: row.get(0)?,
                grants: object(row, 1)?,
                hidden: object(row, 2)?,
                locked: object(row, 3)?,
                tier: tier(row, 4)?,
            })
        },
    )?;
    Ok(texts.iter().map(|text| (fold(&text.name), Arc::new(Role::custom(text, registry)))).collect())
}

fn all<T>(
    connection: &Connection,
    sql: &str,
    tenant: i64,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>> {
    let mut statement = connection.prepare_cached(sql).map_err(fault)?;
    let rows = statement.query_map([tenant], read).map_err(fault)?;
    rows.collect::<rusqlite::Result<_>>().map_err(fault)
}

/// A column that always holds an id.
pub(super) fn id(row: &Row<'_>, column: usize) -> rusqlite::Result<Id> {
    optional_id(row, column)?.ok_or(rusqlite::Error::IntegralValueOutOfRange(column, 0))
}

pub(super) fn optional_id(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Id>> {
    Ok(row.get_ref(column)?.as_blob_or_null().ok().flatten().and_then(Id::from_slice))
}

fn tier(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Tier>> {
    Ok(row.get_ref(column)?.as_str_or_null().ok().flatten().and_then(Tier::parse))
}

fn object(row: &Row<'_>, column: usize) -> rusqlite::Result<Map<String, Json>> {
    let text: Option<String> = row.get(column)?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}
