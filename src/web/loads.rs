//! One page's whole load in one answer: every part as its own route answers it, with its own ETag.

use crate::cache::Source;
use crate::kernel::{Error, Result};
use crate::page::{Asked, Load, table};

use super::answer::{Answer, Tag};
use super::call::Call;
use super::kept::{CACHE_STATUS, Kept};
use super::parts::Parts;
use super::problem::{members, status};
use super::query::pairs;
use super::who::{self, Viewer};

pub async fn show(call: Call, viewer: Viewer) -> Result<Answer> {
    let name = call.params.get("page").unwrap_or_default();
    let page = table::page(name).ok_or_else(Error::not_found)?;
    let given = |name: &str| call.param(name).filter(|value| !value.is_empty());
    for param in ["kind", "id", "list", "include", "sum", "from", "to", "day"] {
        if call.param(param).is_some() && !page.needs.contains(&param) && !page.takes.contains(&param) {
            let message = format!("The page {name} takes no {param}.");
            return Err(Error::query(param, "unknown_parameter", message));
        }
    }
    if let Some(missing) = page.needs.iter().find(|need| given(need).is_none()) {
        return Err(Error::query(missing, "required", format!("The page {name} needs this.")));
    }
    let asked = Asked {
        kind: given("kind"),
        id: given("id"),
        include: call.param("include"),
        sum: given("sum"),
        from: given("from"),
        to: given("to"),
        day: given("day"),
        list: pairs(call.param("list").unwrap_or_default())?,
        parts: given("parts"),
    };
    let load = Load::plan(&call.app.registry, &viewer.access, viewer.session().ok(), page, &asked)?;
    let of = who::Asked::of(&call, &viewer);
    let parts = Parts::find(&of, load).read(&of).await?;
    let mut out = format!("{{\"page\":\"{}\",\"parts\":{{", page.name).into_bytes();
    let mut known = true;
    for (i, (part, piece)) in parts.into_iter().enumerate() {
        known &= piece.as_ref().is_ok_and(|piece| piece.source != Source::Built);
        out.extend_from_slice(if i > 0 { b",\"" } else { b"\"" });
        out.extend_from_slice(part.as_bytes());
        out.extend_from_slice(b"\":");
        write(&mut out, &call, part, piece)?;
    }
    out.extend_from_slice(b"}}");
    let status = if known { "larder; hit" } else { "larder; fwd=uri-miss" };
    Ok(Answer::json(out).with_static(CACHE_STATUS, status))
}

/// Appends a part: its ETag and its body, that it is as the client has it, or why it is not there.
fn write(out: &mut Vec<u8>, call: &Call, part: &str, piece: Result<Kept>) -> Result<()> {
    match piece {
        Ok(Kept { entry, .. }) => {
            let tag = Tag::known(entry.version, entry.life.hash).text(false);
            let tag = tag.trim_matches('"');
            out.extend_from_slice(format!("{{\"etag\":\"{tag}\",").as_bytes());
            if is_known(call.param("known").unwrap_or_default(), part, tag) {
                out.extend_from_slice(b"\"same\":true}");
            } else {
                out.extend_from_slice(b"\"data\":");
                out.extend_from_slice(&entry.body);
                out.push(b'}');
            }
            Ok(())
        }
        // A fault of ours is logged where the whole answer fails.
        Err(error @ Error::Internal(_)) => Err(error),
        Err(error) => {
            let problem = serde_json::Value::Object(members(&error, &call.request_id));
            out.extend_from_slice(
                format!("{{\"status\":{},\"problem\":{problem}}}", status(&error).as_u16()).as_bytes(),
            );
            Ok(())
        }
    }
}

/// Is the part among those that the client names, as `part:etag,…`?
fn is_known(known: &str, part: &str, tag: &str) -> bool {
    known.split(',').filter_map(|one| one.trim().split_once(':')).any(|(name, etag)| name == part && etag == tag)
}
