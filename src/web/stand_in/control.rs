//! What tests reach in by: `/_demo/faults` and `/_demo/counts`. No token is needed; the address is
//! this machine's alone.

use actix_web::HttpResponse;
use actix_web::http::Method;
use serde_json::json;

use super::StandIn;
use super::faults::{Faults, Mischief};

/// Answers a call below `/_demo/`.
pub fn control(stand_in: &StandIn, method: &Method, what: &str, body: &[u8]) -> HttpResponse {
    match (method.as_str(), what) {
        ("GET", "faults") => {}
        ("PUT", "faults") => match serde_json::from_slice::<Faults>(body) {
            Ok(faults) => *stand_in.mischief.lock() = Mischief::new(faults),
            Err(error) => return HttpResponse::BadRequest().json(json!({"message": error.to_string()})),
        },
        ("GET", "counts") => return HttpResponse::Ok().json(stand_in.counts.told()),
        ("DELETE", "counts") => {
            stand_in.counts.reset();
            return HttpResponse::NoContent().finish();
        }
        _ => return HttpResponse::NotFound().json(json!({"message": "There is nothing to set here."})),
    }
    HttpResponse::Ok().json(stand_in.mischief.lock().faults())
}
