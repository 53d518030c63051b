//! Reference data under the paths that the sources name (P06, C20).

use serde_json::json;

use crate::kernel::{Error, Result};
use crate::record::{Listing, Query, View};

use super::answer::Answer;
use super::call::Call;
use super::who::Viewer;

/// What belongs to reference data, by kind. Categories are taken from it by the web app.
const TOGETHER: [&str; 3] = ["categories", "services", "suppliers"];

pub async fn status_options(call: Call, viewer: Viewer) -> Result<Answer> {
    let listing = viewer.read(&call, |view| all(view, "status-options", "list,position")).await?;
    Ok(Answer::json(listing.body))
}

/// One object with a list for each kind; a kind that the viewer may not see has an empty one.
pub async fn reference_data(call: Call, viewer: Viewer) -> Result<Answer> {
    let body = viewer.read(&call, |view| {
        let mut out = Vec::from(*b"{");
        for (i, kind) in TOGETHER.into_iter().enumerate() {
            out.extend_from_slice(format!("{}{}:", if i > 0 { "," } else { "" }, json!(kind)).as_bytes());
            match all(view, kind, "name") {
                Ok(listing) => out.extend_from_slice(&listing.body),
                Err(Error::Forbidden(_)) => out.extend_from_slice(b"{\"data\":[]}"),
                Err(error) => return Err(error),
            }
        }
        out.push(b'}');
        Ok(out)
    });
    Ok(Answer::json(body.await?))
}

fn all(view: &View<'_>, kind: &str, sort: &str) -> Result<Listing> {
    let position = view.registry.position(kind).ok_or_else(Error::not_found)?;
    let params = [("sort".to_owned(), sort.to_owned()), ("limit".to_owned(), "200".to_owned())];
    view.list(&Query::parse(view.registry, view.access, position, &params)?)
}
