//! The one list of routes. It drives the routing, the API's description and the test of rights.

/// Wraps an async handler as the table's entry wants it: `public!(health::live)`.
macro_rules! public {
    ($handler:path) => {
        $crate::web::route::Handler::Public(|call| Box::pin($handler(call)))
    };
}
macro_rules! viewer {
    ($handler:path) => {
        $crate::web::route::Handler::Viewer(|call, viewer| Box::pin($handler(call, viewer)))
    };
}

macro_rules! keeper {
    ($handler:path) => {
        $crate::web::route::Handler::Keeper(|call, keeper| Box::pin($handler(call, keeper)))
    };
}
macro_rules! operator {
    ($handler:path) => {
        $crate::web::route::Handler::Operator(|call, operator| Box::pin($handler(call, operator)))
    };
}

mod everything;
mod params;
mod people;
mod portal;
mod records;
mod server;
mod told;
mod work;

use super::route::Route;

/// All of them, in the order in which they are described.
pub fn all() -> impl Iterator<Item = &'static Route> {
    [records::ROUTES, everything::ROUTES, work::ROUTES, portal::ROUTES, people::ROUTES, told::ROUTES, server::ROUTES]
        .into_iter()
        .flatten()
}
