//! For whoever runs the server, and for the commands beside it: tenants, operators, backups. No
//! business rows.

use actix_web::http::StatusCode;
use actix_web::web::block;
use serde_json::{Value, json};

use crate::auth::{self, NewTenant, Setup};
use crate::cache::patterns;
use crate::file;
use crate::kernel::{Error, Id, Moment, Result};
use crate::kind::{Field, Type};
use crate::page;

use super::answer::Answer;
use super::app::backup_folder;
use super::call::Call;
use super::form::Form;
use super::who::Operator;

pub const TENANT: &[Field] = &[
    Field::new("name", "Name", Type::Text(200)).required(),
    Field::new("slug", "Slug", Type::Text(60)),
    Field::new("zone", "Time zone", Type::Text(60)),
    Field::new("currency", "Currency", Type::Text(3)),
];
pub const OPERATOR: &[Field] = &[
    Field::new("tenant_name", "Tenant", Type::Text(200)).required(),
    Field::new("name", "Name", Type::Text(200)).required(),
    Field::new("email", "E-mail", Type::Email).required(),
    Field::new("password", "Password", Type::Text(1_000)).required(),
];
pub const PATTERN: &[Field] = &[Field::new("pattern", "Name or pattern", Type::Text(200)).required()];
pub const PASSWORD: &[Field] = &[
    Field::new("email", "E-mail", Type::Email).required(),
    Field::new("password", "Password", Type::Text(1_000)).required(),
];

pub async fn tenants(call: Call, _: Operator) -> Result<Answer> {
    let lines = call.app.auth.tenants().await?;
    let data: Vec<Value> = lines
        .iter()
        .map(|line| {
            json!({
                "id": line.id.to_string(),
                "slug": line.slug,
                "name": line.name,
                "logins": line.logins,
                "created_at": line.created_at.to_string(),
            })
        })
        .collect();
    Ok(Answer::fresh(&json!({ "data": data })))
}

pub async fn create_tenant(call: Call, _: Operator) -> Result<Answer> {
    let form = Form::read(TENANT, &call.body)?;
    let (id, change) = auth::create_tenant(&named(&form, "name"), &mut Id::new, Moment::now())?;
    call.app.db.write(change).await?;
    let made = call.app.auth.tenants().await?.into_iter().find(|line| line.id == id).ok_or_else(Error::not_found)?;
    let tenant = call.app.auth.system_access(&made.slug).await?.tenant;
    Ok(Answer::fresh(&page::tenant(&tenant)).status(StatusCode::CREATED))
}

pub async fn create_operator(call: Call, _: Operator) -> Result<Answer> {
    let form = Form::read(OPERATOR, &call.body)?;
    let setup = Setup {
        name: form.text("name").to_owned(),
        email: form.text("email").to_owned(),
        password: form.text("password").to_owned(),
        tenant: named(&form, "tenant_name"),
    };
    call.app.auth.create_operator(setup, Moment::now()).await?;
    Ok(Answer::no_content())
}

pub async fn reset_password(call: Call, _: Operator) -> Result<Answer> {
    let form = Form::read(PASSWORD, &call.body)?;
    let (email, password) = (form.text("email"), form.text("password").to_owned());
    call.app.auth.reset_password(email, password, Moment::now()).await?;
    Ok(Answer::no_content())
}

pub async fn back_up(call: Call, _: Operator) -> Result<Answer> {
    let (data, folder) = (call.app.config.data.clone(), backup_folder(&call.app.config.data));
    let report = call.app.db.backup_into(&folder).await?;
    // The database first: whatever it refers to by then is on disk.
    block(move || file::back_up(&data, &folder, Moment::now())).await.map_err(Error::internal)??;
    let body = json!({"path": report.path.display().to_string(), "bytes": report.bytes, "ms": report.ms});
    Ok(Answer::fresh(&body).status(StatusCode::CREATED))
}

/// Makes answers anew that go by a name or pattern, such as `org:northgate:wo:*`.
pub async fn drop_cached(call: Call, _: Operator) -> Result<Answer> {
    let form = Form::read(PATTERN, &call.body)?;
    let unknown = || {
        let names = patterns::names().collect::<Vec<_>>().join(", ");
        Error::field("pattern", "unknown_value", format!("Nothing goes by this name. These do: *, {names}."))
    };
    let tables = call.app.db.tables();
    let what = patterns::parse(form.text("pattern"), tables).ok_or_else(unknown)?;
    let tenant = match what.tenant {
        Some(slug) => call.app.auth.system_access(slug).await.map_err(|_| unknown())?.tenant.key,
        None => 0,
    };
    call.app.cache.epochs.bump(tenant, what.tables);
    Ok(Answer::fresh(&json!({"tables": tables.names(what.tables).collect::<Vec<_>>()})))
}

/// Compares every kept answer with the store.
pub async fn check_cache(call: Call, _: Operator) -> Result<Answer> {
    let found = call.app.recipes.compare(&call.app).await;
    Ok(Answer::fresh(&json!(found)))
}

/// The tenant that a form describes, under the name in one of its fields.
fn named(form: &Form, name: &str) -> NewTenant {
    NewTenant {
        name: form.text(name).to_owned(),
        slug: form.given("slug").map(str::to_owned),
        zone: form.given("zone").unwrap_or("UTC").to_owned(),
        currency: form.given("currency").unwrap_or("USD").to_owned(),
    }
}
