//! Where one lands: the web app, or why it is not there and the way on.

use crate::kernel::Result;
use crate::web::answer::Answer;
use crate::web::assets;
use crate::web::call::Call;
use crate::web::origin::{Way, way};

use super::{BRAND, page};

pub async fn show(call: Call) -> Result<Answer> {
    let set_up = call.app.auth.is_set_up().await?;
    let barred = way(&call.app, &call.request) == Way::Plain && !call.app.config.insecure_http;
    if set_up
        && !barred
        && let Some(page) = assets::page(&call)
    {
        return Ok(page);
    }
    let content = if set_up { running(barred) } else { waiting() };
    Ok(Answer::html(page("Welcome", "calm", &format!("<main class=\"card\">{BRAND}{content}</main>"))))
}

/// For a server that was built without its web app, and where nobody could sign in to it.
fn running(barred: bool) -> String {
    let warning = if barred {
        "<div class=\"note warn\"><strong>You reached Larder over plain HTTP from another machine.</strong> \
         Nobody can sign in this way, because anybody on the network could read the password. Put a proxy with a \
         certificate in front, or start Larder with <code>--tls-cert</code> and <code>--tls-key</code>. On a network \
         that you trust, start it with <code>--insecure-http</code>.</div>"
    } else {
        ""
    };
    format!(
        "<h1>Larder is running.</h1>\
         <p>Customers, sites, equipment, work orders, deals and reports, on a server of your own. \
         Everything in it is reached through one API.</p>{warning}\
         <ul class=\"ways\">\
         <li><a href=\"/api/docs\">Read the API documentation</a><span>every kind of record, every address, with examples</span></li>\
         <li><a href=\"/api/openapi.json\">Download the description</a><span>OpenAPI 3.1, for your tools</span></li>\
         <li><a href=\"/healthz\">Look at its health</a><span>database, disk, backups</span></li></ul>\
         <p class=\"fine\">Larder {}. Nothing you do here leaves this server.</p>",
        env!("CARGO_PKG_VERSION")
    )
}

fn waiting() -> String {
    "<h1>Larder waits to be set up.</h1>\
     <p>When it started, it printed a link that works once and for 30 minutes. Open that link, or paste the part \
     after <code>token=</code> here. An expired one is printed anew.</p>\
     <form action=\"/setup\" method=\"get\"><label>Set-up token\
     <input name=\"token\" required autocomplete=\"off\" spellcheck=\"false\"></label>\
     <button>Set up Larder</button></form>\
     <p class=\"fine\">Only whoever can read the server's output can do this.</p>"
        .to_owned()
}
