//! The sources of the portal, which owners connect.

use actix_web::http::{StatusCode, header};
use serde_json::{Value, json};

use crate::auth::only_owners;
use crate::kernel::{Error, Id, Moment, Result};
use crate::kind::{Field, Type};
use crate::record::View;
use crate::upstream::{self, Loader, SourceChange};

use super::answer::Answer;
use super::call::Call;
use super::form::Form;
use super::who::Viewer;

pub const NEW: &[Field] = &[
    Field::text("name", "Name").required(),
    Field::new("base_url", "Address", Type::Text(200)).required(),
    Field::new("token", "Token", Type::Text(1_000)),
    Field::bool("enabled", "On"),
];
pub const CHANGE: &[Field] = &[
    Field::text("name", "Name"),
    Field::new("base_url", "Address", Type::Text(200)),
    Field::new("token", "Token", Type::Text(1_000)),
    Field::bool("enabled", "On"),
];
pub const BINDING: &[Field] = &[
    Field::new("token", "Token", Type::Text(1_000)),
    Field::new("source_id", "Source", Type::Text(36)),
    Field::new("upstream_id", "Number at the service", Type::Int(1, i64::MAX)),
];

pub async fn index(call: Call, viewer: Viewer) -> Result<Answer> {
    only_owners(&viewer.access)?;
    let found = viewer.read(&call, |view| {
        let (data, bindings) = (upstream::sources(view, Moment::now())?, upstream::bindings(view)?);
        Ok(json!({"data": data, "workspaces": bindings}))
    });
    Ok(Answer::fresh(&found.await?))
}

pub async fn create(call: Call, viewer: Viewer) -> Result<Answer> {
    only_owners(&viewer.access)?;
    let wish = wish(&Form::read(NEW, &call.body)?);
    let loader = call.app.upstream.clone();
    let plan = viewer.read(&call, move |view| {
        upstream::plan_source(view, loader.vault(), &wish, |rest| plain(&loader, rest), Moment::now())
    });
    let (id, change) = plan.await?;
    call.app.db.write(change).await?;
    call.app.upstream.renew(viewer.access.tenant.key, None);
    let place = format!("/api/v1/portal/sources/{id}");
    one(&call, &viewer, id).await?.status(StatusCode::CREATED).with(header::LOCATION, &place)
}

pub async fn update(call: Call, viewer: Viewer) -> Result<Answer> {
    only_owners(&viewer.access)?;
    let (id, wish) = (call.id()?, wish(&Form::read(CHANGE, &call.body)?));
    let loader = call.app.upstream.clone();
    let plan = viewer.read(&call, move |view| {
        upstream::plan_source_change(view, loader.vault(), id, &wish, |rest| plain(&loader, rest), Moment::now())
    });
    let change = plan.await?;
    call.app.db.write(change).await?;
    call.app.upstream.renew(viewer.access.tenant.key, Some(id));
    one(&call, &viewer, id).await
}

pub async fn destroy(call: Call, viewer: Viewer) -> Result<Answer> {
    only_owners(&viewer.access)?;
    let id = call.id()?;
    let change = viewer.read(&call, move |view| upstream::plan_source_removal(view, id)).await?;
    call.app.db.write(change).await?;
    call.app.upstream.forget(viewer.access.tenant.key, id);
    Ok(Answer::no_content())
}

/// Asks the source once. Whatever comes of it is the answer.
pub async fn test(call: Call, viewer: Viewer) -> Result<Answer> {
    only_owners(&viewer.access)?;
    let (id, tenant) = (call.id()?, viewer.access.tenant.clone());
    let found = viewer.read(&call, move |view| upstream::find_source(view.conn, view.access.tenant.key, id)).await?;
    let tested = call.app.upstream.try_out(tenant, found)?.await?;
    let (workspaces, fault) = match tested.outcome {
        Ok(workspaces) => (Some(workspaces), None),
        Err(fault) => (None, Some(fault)),
    };
    let change = upstream::plan_source_tested(viewer.access.tenant.key, id, fault.as_ref(), Moment::now());
    call.app.db.write(change).await?;
    Ok(Answer::fresh(&json!({
        "ok": fault.is_none(),
        "workspaces": workspaces,
        "duration_ms": tested.ms,
        "code": fault.as_ref().map(|fault| fault.code()),
        "message": fault.as_ref().map(|fault| fault.told()),
    })))
}

/// Has a token made for each workspace that has none, so that several can be asked at a time.
pub async fn make_tokens(call: Call, viewer: Viewer) -> Result<Answer> {
    only_owners(&viewer.access)?;
    let id = call.id()?;
    let found = viewer.read(&call, move |view| upstream::without_token(view.conn, view.access.tenant.key, id));
    let (source, targets) = found.await?.ok_or_else(Error::not_found)?;
    if source.admin.is_none() {
        return Err(Error::conflict("no_token", "There is no token for this source. Give one first."));
    }
    let wanted = targets.len();
    call.app.upstream.make_tokens(&viewer.access.tenant, source, targets);
    Ok(Answer::fresh(&json!({ "wanted": wanted })).status(StatusCode::ACCEPTED))
}

/// Says which workspace of the service a record stands for, and gives the token bound to it.
pub async fn bind(call: Call, viewer: Viewer) -> Result<Answer> {
    only_owners(&viewer.access)?;
    let (workspace, form) = (call.id()?, Form::read(BINDING, &call.body)?);
    let source = form.given("source_id").map(|id| id.parse::<Id>());
    let to = match (source, form.value("upstream_id").and_then(Value::as_i64)) {
        (None, None) => None,
        (Some(Ok(source)), Some(upstream)) => Some((source, upstream)),
        (Some(Err(())), _) => return Err(Error::field("source_id", "format", "Give the id of a source.")),
        _ => return Err(Error::field("upstream_id", "required", "Give source_id and upstream_id together.")),
    };
    let (token, loader) = (form.given("token").map(str::to_owned), call.app.upstream.clone());
    let plan =
        viewer.read(&call, move |view| upstream::plan_binding(view, loader.vault(), workspace, to, token.as_deref()));
    let change = plan.await?;
    call.app.db.write(change).await?;
    call.app.upstream.renew(viewer.access.tenant.key, to.map(|(source, _)| source));
    Ok(Answer::no_content())
}

fn wish(form: &Form) -> SourceChange {
    let text = |name: &str| form.value(name).and_then(Value::as_str).map(str::to_owned);
    SourceChange {
        name: text("name"),
        base_url: text("base_url"),
        // An empty text is no token, as null is none.
        token: form.sent("token").map(|_| text("token").filter(|token| !token.is_empty())),
        enabled: form.value("enabled").and_then(Value::as_bool),
        demo: false,
    }
}

/// May the address do without TLS?
fn plain(loader: &Loader, rest: &str) -> bool {
    loader.admits_plain(rest.split('/').next().and_then(|host| host.parse().ok()))
}

async fn one(call: &Call, viewer: &Viewer, id: Id) -> Result<Answer> {
    let found = viewer.read(call, move |view: &View<'_>| {
        let all = upstream::sources(view, Moment::now())?;
        all.into_iter().find(|source| source["id"] == id.to_string()).ok_or_else(Error::not_found)
    });
    Ok(Answer::fresh(&found.await?))
}
