//! The pages behind one-time links: the first set-up, an invitation, a new password.

use actix_web::http::StatusCode;
use serde_json::{Map, Value};

use crate::auth::{LinkView, Purpose};
use crate::kernel::{Error, Moment, Result, zones};
use crate::kind::{Field, Type};
use crate::web::answer::Answer;
use crate::web::call::Call;
use crate::web::form::Form;
use crate::web::people::{self, ACCEPT, SETUP};
use crate::web::problem;

use super::{BRAND, escape, page, sent};

/// Opens a link; the same page for each purpose, with other words.
pub async fn open(call: Call) -> Result<Answer> {
    let token = call.param("token").unwrap_or_default();
    match call.app.auth.open_link(token, Moment::now()).await {
        Ok(link) => Ok(Answer::html(form_page(&link, token, &Map::new(), None))),
        Err(error) => Ok(closed(&error)),
    }
}

/// Takes the form of the page above.
pub async fn submit(call: Call) -> Result<Answer> {
    let members = sent(&call)?;
    let token = members.get("token").and_then(Value::as_str).unwrap_or_default().to_owned();
    let link = match call.app.auth.open_link(&token, Moment::now()).await {
        Ok(link) => link,
        Err(error) => return Ok(closed(&error)),
    };
    let done = match link.purpose {
        Purpose::Setup => match Form::check(SETUP, members.clone()) {
            Ok(form) => people::make_first_owner(&call, &form).await,
            Err(error) => Err(error),
        },
        Purpose::Invite | Purpose::Reset => match Form::check(ACCEPT, members.clone()) {
            Ok(form) => people::take_link(&call, &form).await,
            Err(error) => Err(error),
        },
    };
    match done {
        Ok(()) => Ok(Answer::html(framed("Done", &done_text(&link)))),
        Err(error @ Error::Internal(_)) => Err(error),
        Err(error) => {
            let body = form_page(&link, &token, &members, Some(&error));
            Ok(Answer::html(body).status(problem::status(&error)))
        }
    }
}

fn framed(title: &str, content: &str) -> String {
    page(title, "calm", &format!("<main class=\"card\">{BRAND}{content}</main>"))
}

/// The link does not work (any more).
fn closed(error: &Error) -> Answer {
    let content = format!(
        "<h1>This link does not work.</h1><p>{}</p><p class=\"fine\"><a href=\"/\">Go to the start page</a></p>",
        escape(&error.to_string())
    );
    Answer::html(framed("Link", &content)).status(StatusCode::GONE)
}

fn done_text(link: &LinkView) -> String {
    let text = match link.purpose {
        Purpose::Setup => "<h1>Larder is set up.</h1><p>Your e-mail address and password let you in.",
        Purpose::Invite => "<h1>You are in.</h1><p>Your e-mail address and password let you in.",
        Purpose::Reset => {
            "<h1>Your password is changed.</h1><p>Sign in with the new one. All earlier sign-ins have ended."
        }
    };
    format!("{text} <a href=\"/\">Sign in</a></p>")
}

/// The form, with what was typed before and what is wrong with it.
fn form_page(link: &LinkView, token: &str, typed: &Map<String, Value>, error: Option<&Error>) -> String {
    let (title, lead, button) = match link.purpose {
        Purpose::Setup => (
            "Set up Larder".to_owned(),
            "You will own the business that you name here, and run this server.".to_owned(),
            "Set up Larder",
        ),
        Purpose::Invite => (
            format!("Join {}", link.tenant),
            format!(
                "{}, choose a password for {}. If you sign in here already, enter the one you have.",
                link.person, link.email
            ),
            "Join",
        ),
        Purpose::Reset => ("Choose a new password".to_owned(), format!("For {}.", link.email), "Change the password"),
    };
    let (fields, action): (&[Field], _) =
        if link.purpose == Purpose::Setup { (SETUP, "/setup") } else { (ACCEPT, "/join") };
    let inputs: String = fields.iter().filter(|f| f.name != "token").map(|field| input(field, typed, error)).collect();
    let general = error.filter(|e| e.detail().is_some_and(|d| d.fields.is_empty()));
    let general =
        general.map_or_else(String::new, |e| format!("<div class=\"note bad\">{}</div>", escape(&e.to_string())));
    let content = format!(
        "<h1>{}</h1><p>{}</p>{general}<form action=\"{action}\" method=\"post\">\
         <input type=\"hidden\" name=\"token\" value=\"{}\">{inputs}<button>{button}</button></form>",
        escape(&title),
        escape(&lead),
        escape(token)
    );
    framed(&title, &content)
}

fn input(field: &Field, typed: &Map<String, Value>, error: Option<&Error>) -> String {
    let (kind, hint, complete) = match field.name {
        "password" => ("password", "8 characters or more; a few words are best", "new-password"),
        "email" => ("email", "You sign in with it", "username"),
        "zone" => ("text", "Type a city of your zone, such as London", "off"),
        "currency" => ("text", "Three letters, such as GBP", "off"),
        "name" => ("text", "", "name"),
        _ => ("text", "", "organization"),
    };
    let usual = match field.name {
        "zone" => "UTC",
        "currency" => "USD",
        _ => "",
    };
    let value = match typed.get(field.name).and_then(Value::as_str) {
        _ if kind == "password" => "",
        Some(typed) => typed,
        None => usual,
    };
    let pointer = format!("/{}", field.name);
    let complaint = error.and_then(Error::detail).and_then(|d| d.fields.iter().find(|f| f.pointer == pointer));
    let below = match complaint {
        Some(complaint) => format!("<span class=\"wrong\">{}</span>", escape(&complaint.message)),
        None if hint.is_empty() => String::new(),
        None => format!("<span class=\"hint\">{hint}</span>"),
    };
    let (list, choices) = proposals(field.name);
    let longest = if let Type::Text(max) = field.ty { max } else { 254 };
    format!(
        "<label>{}<input type=\"{kind}\" name=\"{}\" value=\"{}\" maxlength=\"{longest}\" autocomplete=\"{complete}\"{list}{}>{choices}{below}</label>",
        escape(field.label),
        field.name,
        escape(value),
        if field.required { " required" } else { "" }
    )
}

/// Where the business counts its money, most likely.
const CURRENCIES: [&str; 22] = [
    "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "INR", "JPY", "MXN", "NOK", "NZD",
    "PLN", "SEK", "SGD", "TRY", "USD", "ZAR",
];

/// What a field proposes while one types: its attribute, and the list that this refers to.
fn proposals(field: &str) -> (String, String) {
    let names = match field {
        "zone" => zones(),
        "currency" => CURRENCIES.map(str::to_owned).to_vec(),
        _ => return Default::default(),
    };
    let options: String = names.iter().map(|name| format!("<option value=\"{}\">", escape(name))).collect();
    (format!(" list=\"{field}s\""), format!("<datalist id=\"{field}s\">{options}</datalist>"))
}
