//! A body that is far too long: it begins like an answer, and then there is always more.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use actix_web::web::Bytes;
use futures_core::Stream;

use super::counts::InFlight;

const HEAD: &[u8] = br#"{"data":[""#;
const TAIL: &[u8] = br#""]}"#;
static FILLING: [u8; 64 * 1024] = [b'x'; 64 * 1024];
const PER_MB: u64 = 1024 * 1024 / FILLING.len() as u64;

pub struct Endless {
    begun: bool,
    /// How many pieces are still to come; none for no end.
    left: Option<u64>,
    ended: bool,
    /// The call is under way as long as its body is.
    _call: InFlight,
}

impl Endless {
    /// A body of so many megabytes, without an end for 0.
    pub fn new(mb: u64, call: InFlight) -> Self {
        Self { begun: false, left: (mb > 0).then(|| mb.saturating_mul(PER_MB)), ended: false, _call: call }
    }

    fn piece(&mut self) -> Option<&'static [u8]> {
        if !self.begun {
            self.begun = true;
            return Some(HEAD);
        }
        match &mut self.left {
            None => Some(&FILLING),
            Some(0) if self.ended => None,
            Some(0) => {
                self.ended = true;
                Some(TAIL)
            }
            Some(left) => {
                *left -= 1;
                Some(&FILLING)
            }
        }
    }
}

impl Stream for Endless {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.piece().map(|piece| Ok(Bytes::from_static(piece))))
    }
}
