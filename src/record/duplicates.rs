//! Records that may be the same as another: equal natural keys first, then names alike.

use serde_json::Value as Json;

use crate::db::{Value, fault};
use crate::kernel::{Error, Id, Result};
use crate::kind::{Action, FieldRight, Level};

use super::View;
use super::list::{Listing, envelope};
use super::scope::{field_right, narrow};
use super::select::Selection;
use super::sql::Sql;

const MAX_FOUND: i64 = 20;

impl View<'_> {
    /// Candidates for a merge with the record, best first, under the viewer's rights: a field that
    /// the viewer may not see is not compared by either.
    pub fn duplicates(&self, position: usize, id: Id) -> Result<Listing> {
        let kind = self.registry.at(position);
        if self.access.grants[position].level(Action::Read) == Level::None {
            return Err(Error::forbidden(format!("You may not see {}.", kind.many)));
        }
        let Some(stored) = self.stored(position, id, &[Action::Read], false)? else { return Err(Error::not_found()) };
        let mut compared: Vec<usize> =
            kind.natural_key.iter().chain([&kind.title]).filter_map(|n| kind.position(n)).collect();
        compared.extend(
            kind.fields
                .iter()
                .enumerate()
                .filter(|(_, f)| matches!(f.name, "email" | "serial" | "phone"))
                .map(|(i, _)| i),
        );
        compared.sort_unstable();
        compared.dedup();
        compared.retain(|i| {
            matches!(field_right(self.access, position, *i), FieldRight::Full | FieldRight::ReadOnly)
                && stored.row.values[*i].as_text().is_some()
        });
        let compiled = Selection::whole().compile(self.registry, self.access, position, 0)?;
        let mut sql = Sql::new("SELECT ");
        sql.push(compiled.columns.text.trim_start_matches(',')).params.clone_from(&compiled.columns.params);
        sql.push(" FROM ").push(kind.table).push(" a WHERE a.tenant_id=").bind(self.access.tenant.key);
        sql.push(" AND a.deleted_at IS NULL AND a.id<>").bind(id);
        narrow(&mut sql, self.registry, self.access, position, Action::Read, "a");
        sql.push(" AND (0");
        for i in &compared {
            sql.push(&format!(" OR a.{} = ", kind.fields[*i].name))
                .bind(stored.row.values[*i].clone())
                .push(" COLLATE NOCASE");
        }
        let title = kind.position(kind.title).filter(|i| compared.contains(i));
        let name = title.and_then(|i| stored.row.values[i].as_text()).unwrap_or_default().to_owned();
        let by_part = kind.field(kind.title).is_some_and(|f| f.by_part);
        // The first word of six letters and more is what misspelt twins mostly share.
        let word: String =
            name.split_whitespace().max_by_key(|w| w.chars().count()).unwrap_or_default().chars().take(6).collect();
        if by_part && word.chars().count() >= 4 {
            // By words, not by parts: only these know the tenant, so nobody else's names take up the room.
            sql.push(&format!(" OR a.seq IN (SELECT rowid FROM {0}_words WHERE {0}_words MATCH ", kind.table));
            let (tenant, word) = (self.access.tenant.key, word.replace('"', "\"\""));
            sql.bind(format!("tenant : t{tenant} AND {} : \"{word}\"*", kind.title)).push(" LIMIT 200)");
        }
        sql.push(&format!(") ORDER BY a.{} = ", kind.title))
            .bind(Value::from(name))
            .push(" COLLATE NOCASE DESC, a.seq DESC LIMIT ")
            .bind(MAX_FOUND);
        let mut statement = sql.prepare(self.conn)?;
        let mut rows = sql.rows(&mut statement)?;
        let mut out = Vec::new();
        while let Some(row) = rows.next().map_err(fault)? {
            if !out.is_empty() {
                out.push(b',');
            }
            compiled.write(&mut out, row)?;
        }
        debug_assert!(serde_json::from_slice::<Json>(&[b"[".as_slice(), &out, b"]"].concat()).is_ok());
        Ok(Listing { body: envelope(out, None, None, false, None), next: None, prev: None })
    }
}
