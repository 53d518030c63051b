//! The portal: its dashboards, how far they are loaded, and how it is. Nothing here waits for the
//! service behind it.

use actix_web::http::StatusCode;
use serde_json::{Value, json};

use crate::auth::only_owners;
use crate::kernel::{Error, Moment, Result};
use crate::record::View;
use crate::upstream::{self, Dashboard, Plan};

use super::answer::Answer;
use super::call::Call;
use super::kept::{Name, kept};
use super::who::Viewer;

/// What there is, and how far it is loaded.
pub async fn index(call: Call, viewer: Viewer) -> Result<Answer> {
    let sources = viewer.read(&call, |view| {
        upstream::check_any(view.registry, view.access)?;
        upstream::sources(view, Moment::now())
    });
    let sources = sources.await?;
    let seen = Dashboard::ALL.into_iter().filter(|d| upstream::allowed(*d, &call.app.registry, &viewer.access));
    let dashboards: Vec<Value> = seen.map(|dashboard| state(&call, &viewer, dashboard)).collect();
    Ok(Answer::fresh(&json!({
        "dashboards": dashboards,
        "demo": sources.iter().any(|source| source["demo"] == true),
        "sources": sources,
        "may_manage": only_owners(&viewer.access).is_ok(),
    })))
}

fn state(call: &Call, viewer: &Viewer, dashboard: Dashboard) -> Value {
    let loading = call.app.upstream.loading(viewer.access.tenant.key, dashboard);
    json!({
        "dashboard": dashboard.as_str(),
        "title": dashboard.title(),
        "ttl_seconds": dashboard.ttl_s(&call.app.upstream.settings),
        "loading": (loading.of > 0).then(|| json!({"done": loading.done, "of": loading.of})),
        "revision": loading.revision,
    })
}

/// One dashboard as it is kept. One that is too old wakes the loader.
pub async fn show(call: Call, viewer: Viewer) -> Result<Answer> {
    let dashboard = asked(&call, &viewer)?;
    let now = Moment::now();
    if call.app.upstream.is_due(viewer.access.tenant.key, dashboard, now)
        && let Err(error) = load(&call, &viewer, dashboard, None).await
    {
        // What is kept can be shown all the same.
        tracing::warn!(%error, "what the portal is to ask could not be found out");
    }
    let name = Name::of_portal(&call, &viewer, dashboard.as_str());
    let settings = call.app.upstream.settings.clone();
    let heavy = dashboard == Dashboard::Infrastructure;
    kept(&call, &viewer, name, heavy, || {
        Ok(move |view: &View<'_>| upstream::show(view, dashboard, &settings, Moment::now()))
    })
    .await
}

/// Has all of a dashboard loaded anew (D20).
pub async fn refresh(call: Call, viewer: Viewer) -> Result<Answer> {
    let dashboard = asked(&call, &viewer)?;
    load(&call, &viewer, dashboard, Some(Moment::now())).await?;
    Ok(Answer::fresh(&state(&call, &viewer, dashboard)).status(StatusCode::ACCEPTED))
}

pub async fn health(call: Call, viewer: Viewer) -> Result<Answer> {
    let settings = call.app.upstream.settings.clone();
    let health = viewer.read(&call, move |view| upstream::health(view, &settings, Moment::now()));
    Ok(Answer::fresh(&health.await?))
}

/// The last weeks: each day of them is counted, so it is a matter for the heavy reader.
pub async fn review(call: Call, viewer: Viewer) -> Result<Answer> {
    let settings = call.app.upstream.settings.clone();
    let review = viewer.read_heavy(&call, move |view| upstream::review(view, &settings, Moment::now()));
    Ok(Answer::fresh(&review.await?))
}

/// The dashboard of the path, where the viewer may see it.
fn asked(call: &Call, viewer: &Viewer) -> Result<Dashboard> {
    let word = call.params.get("dashboard").unwrap_or_default();
    let dashboard = Dashboard::parse(word).ok_or_else(Error::not_found)?;
    upstream::check(dashboard, &call.app.registry, &viewer.access)?;
    Ok(dashboard)
}

/// Finds out what is too old, or older than `since`, and has it asked for.
async fn load(call: &Call, viewer: &Viewer, dashboard: Dashboard, since: Option<Moment>) -> Result<()> {
    let settings = call.app.upstream.settings.clone();
    let plan = viewer
        .read(call, move |view| Plan::make(view.conn, &view.access.tenant, dashboard, &settings, Moment::now(), since));
    call.app.upstream.take(&viewer.access.tenant, plan.await?);
    Ok(())
}
