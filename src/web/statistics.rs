//! Kept figures: of a company, of the staff, of the whole business, and their recount by hand.

use std::sync::Arc;

use crate::cache::Made;
use crate::kernel::{Error, Result};
use crate::page::statistics;
use crate::record::View;

use super::answer::Answer;
use super::call::Call;
use super::kept::{Keep, Name, kept};
use super::who::{Keeper, Viewer};

pub async fn company(call: Call, viewer: Viewer) -> Result<Answer> {
    let id = call.id()?;
    show(call, viewer, move |view| statistics::company(view, id)).await
}

pub async fn staff(call: Call, viewer: Viewer) -> Result<Answer> {
    show(call, viewer, statistics::staff).await
}

pub async fn system(call: Call, viewer: Viewer) -> Result<Answer> {
    show(call, viewer, statistics::system).await
}

async fn show(
    call: Call,
    viewer: Viewer,
    read: impl Fn(&View<'_>) -> Result<Vec<u8>> + Clone + Send + Sync + 'static,
) -> Result<Answer> {
    let name = Name::of(&call, &viewer, Keep::Records, false);
    let made = move |view: &View<'_>| Ok(Made { body: read(view)?, ..Made::default() });
    kept(&call, &viewer, name, true, || Ok(made)).await
}

/// Counts everything anew (R19): of the owner's business, or of all for whoever runs the server.
pub async fn refresh(call: Call, keeper: Keeper) -> Result<Answer> {
    let statistics = Arc::clone(&call.app.statistics);
    let work = move || match keeper.tenant.filter(|_| !keeper.operator) {
        Some(tenant) => statistics.refresh_dashboard_stats(tenant),
        None => statistics.refresh_all(),
    };
    let found = actix_web::web::block(work).await.map_err(Error::internal)??;
    Ok(Answer::fresh(&serde_json::json!(found)))
}
