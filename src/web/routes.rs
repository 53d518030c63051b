//! The one list of routes. It drives the routing, the API's description and the test of rights.

use super::health;
use super::route::{Gives, Handler, Route};

/// Wraps an async handler as the table's entry wants it: `public!(health::live)`.
macro_rules! public {
    ($handler:path) => {
        Handler::Public(|call| Box::pin($handler(call)))
    };
}

pub static ROUTES: &[Route] = &[Route::get("/livez", "live", public!(health::live))
    .says("Health", "Is the process alive?", "Answers without touching the database.")
    .gives(200, Gives::Text)
    .before_setup()];
