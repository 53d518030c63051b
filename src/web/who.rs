//! Who asks: what a handler may be given, and how it is found out.

use actix_web::HttpRequest;

use crate::kernel::{Error, Result};

use super::app::App;
use super::route::Route;

/// Who is signed in to a tenant.
pub struct Viewer;

/// Who runs the server.
pub struct Operator;

pub struct Who;

pub async fn admit(_app: &App, _request: &HttpRequest, _route: &Route) -> Result<Who> {
    Ok(Who)
}

impl Who {
    pub fn viewer(self) -> Result<Viewer> {
        Err(Error::unauthorized("signed_out", "Sign in first."))
    }
    pub fn operator(self) -> Result<Operator> {
        Err(Error::unauthorized("signed_out", "Sign in first."))
    }
}
