//! The session's cookie, and the token that a request brings.

use actix_web::HttpRequest;
use actix_web::http::header;

use crate::kernel::{Error, Moment, Result};

use super::app::App;
use super::origin::{self, Way};

/// Over HTTPS: bound to this very host, by a name that a browser takes from nobody else.
const SECURE: &str = "__Host-larder";
/// Over plain HTTP on this machine, where browsers refuse the name above.
const PLAIN: &str = "larder";

/// The same two names for what a device is known by at its next sign-in.
const DEVICE_SECURE: &str = "__Host-larder-device";
const DEVICE_PLAIN: &str = "larder-device";
const DEVICE_S: i64 = 180 * 86_400;

/// The token of a request, from its cookie or its `Authorization` header; both may come if they agree.
pub fn token<'a>(app: &App, request: &'a HttpRequest) -> Result<Option<&'a str>> {
    let bearer = match request.headers().get(header::AUTHORIZATION) {
        None => None,
        Some(value) => {
            let text = value.to_str().ok().and_then(|v| v.split_once(' '));
            match text {
                Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => Some(token.trim()),
                _ => {
                    return Err(Error::unauthorized(
                        "signed_out",
                        "The Authorization header must be `Bearer` and a token.",
                    ));
                }
            }
        }
    };
    match (bearer, from_cookie(app, request, SECURE, PLAIN)) {
        (Some(bearer), Some(cookie)) if bearer != cookie => Err(Error::unauthorized(
            "two_tokens",
            "The request carries two different tokens, one as a cookie and one in Authorization. Send one of them.",
        )),
        (bearer, cookie) => Ok(bearer.or(cookie)),
    }
}

/// What the device is known by, if it has been in an account before.
pub fn device<'a>(app: &App, request: &'a HttpRequest) -> Option<&'a str> {
    from_cookie(app, request, DEVICE_SECURE, DEVICE_PLAIN)
}

fn from_cookie<'a>(app: &App, request: &'a HttpRequest, secure: &str, plain: &str) -> Option<&'a str> {
    let find = |name: &str| {
        let lines = request.headers().get_all(header::COOKIE).filter_map(|v| v.to_str().ok());
        let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.find(|(n, _)| *n == name).map(|(_, value)| value)
    };
    find(secure).or_else(|| {
        // A neighbouring host may plant a cookie of the plain name, so it counts only where the
        // other one cannot be had.
        let plain = find(plain)?;
        let way = origin::way(app, request);
        (way == Way::Loopback || (way == Way::Plain && app.config.insecure_http)).then_some(plain)
    })
}

/// The `Set-Cookie` of a fresh session.
pub fn set(way: Way, token: &str, expires_at: Moment) -> String {
    let seconds = (expires_at.0 - Moment::now().0) / 1000;
    let (name, secure) = if way == Way::Https { (SECURE, "; Secure") } else { (PLAIN, "") };
    format!("{name}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
}

/// The `Set-Cookie` by which a device is known at its next sign-in; signing out leaves it.
pub fn remember(way: Way, device: &str) -> String {
    let (name, secure) = if way == Way::Https { (DEVICE_SECURE, "; Secure") } else { (DEVICE_PLAIN, "") };
    format!("{name}={device}; Path=/; Max-Age={DEVICE_S}; HttpOnly; SameSite=Lax{secure}")
}

/// The `Set-Cookie` values that end a session in the browser.
pub fn clear() -> [String; 2] {
    [
        format!("{SECURE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure"),
        format!("{PLAIN}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"),
    ]
}
