//! `Idempotency-Key`: a repeated POST does its deed once.

use crate::db::{Change, Value, fault};
use crate::kernel::{Error, Id, Moment, Result};

use super::View;
use super::sql::Sql;

/// Kept so long, and at most so many.
const KEPT_S: i64 = 24 * 3600;
const MAX_KEPT: i64 = 100_000;

/// The key of one request.
#[derive(Clone, Debug)]
pub struct Idempotency {
    pub route: String,
    pub key: String,
    pub body_sha256: [u8; 32],
}

impl Idempotency {
    /// A key is 1 to 255 visible ASCII characters.
    pub fn check_key(key: &str) -> Result<()> {
        if key.is_empty() || key.len() > 255 || !key.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(Error::invalid("malformed", "An Idempotency-Key is 1 to 255 visible characters."));
        }
        Ok(())
    }

    /// The key of one record of a request over many.
    pub fn of_item(&self, position: usize) -> Self {
        Self { key: format!("{}#{position}", self.key), ..self.clone() }
    }

    /// Remembers the key in the same change as the deed.
    pub fn remember(&self, view: &View<'_>, change: &mut Change, kind: &'static str, id: Id) {
        let user = view.access.actor.user.map_or_else(|| Value::Blob([].into()), Value::Id);
        let now = Moment::now();
        let expired = Value::from(now.plus_s(-KEPT_S));
        let own = [
            Value::Int(view.access.tenant.key),
            user,
            Value::from(self.route.as_str()),
            Value::from(self.key.as_str()),
        ];
        change.push(
            "DELETE FROM idempotency WHERE tenant_id=? AND user_id=? AND route=? AND key=? AND created_at<?",
            own.iter().cloned().chain([expired.clone()]).collect(),
        );
        // To find out how many there are takes a walk over all of them, so only one key in 256,
        // told by the last byte of its record, clears up after the others.
        if id.as_bytes()[15] == 0 {
            change.push("DELETE FROM idempotency WHERE created_at<?", vec![expired]);
            change.push(
                "DELETE FROM idempotency WHERE created_at<=(SELECT created_at FROM idempotency ORDER BY created_at DESC LIMIT 1 OFFSET ?)",
                vec![Value::Int(MAX_KEPT)],
            );
        }
        change.push(
            "INSERT INTO idempotency(tenant_id, user_id, route, key, body_sha256, kind, record_id, created_at) VALUES(?,?,?,?,?,?,?,?)",
            own.into_iter()
                .chain([Value::Blob(self.body_sha256.into()), Value::from(kind), Value::Id(id), Value::from(now)])
                .collect(),
        );
    }

    /// The record that an earlier request with this key made, if there was one.
    ///
    /// # Errors
    /// `Invalid` when the earlier request had another body.
    pub fn earlier(&self, view: &View<'_>) -> Result<Option<Id>> {
        let user = view.access.actor.user.map_or_else(|| Value::Blob([].into()), Value::Id);
        let mut sql = Sql::new("SELECT record_id, body_sha256 FROM idempotency WHERE tenant_id=");
        sql.bind(view.access.tenant.key).push(" AND user_id=").bind(user).push(" AND route=").bind(self.route.as_str());
        sql.push(" AND key=").bind(self.key.as_str()).push(" AND created_at>=").bind(Moment::now().plus_s(-KEPT_S));
        let mut statement = sql.prepare(view.conn)?;
        let mut rows = sql.rows(&mut statement)?;
        let Some(row) = rows.next().map_err(fault)? else { return Ok(None) };
        let body: Vec<u8> = row.get(1).map_err(fault)?;
        if body != self.body_sha256 {
            return Err(Error::invalid(
                "idempotency_reused",
                "This Idempotency-Key was used with another body. Use a new key for a new request.",
            ));
        }
        Ok(Value::from_sql(row.get_ref(0).map_err(fault)?).as_id())
    }
}
