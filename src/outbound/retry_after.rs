//! `Retry-After`: for how long the other side asks to be left alone.

use std::time::{Duration, UNIX_EPOCH};

use ureq::http::{HeaderMap, header};

use crate::kernel::Moment;

/// The pause that is asked for, in seconds or up to a date (RFC 9110, 10.2.3); one that is past is over.
/// Nothing where the header is missing or says neither.
pub fn retry_after(headers: &HeaderMap, now: Moment) -> Option<Duration> {
    let text = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = httpdate::parse_http_date(text).ok()?.duration_since(UNIX_EPOCH).ok()?;
    Some(until.saturating_sub(Duration::from_millis(now.0.max(0).unsigned_abs())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_is_asked_for_in_seconds_or_up_to_a_date() {
        let now = Moment::parse("2026-11-21T08:49:30Z").expect("a moment");
        for (text, due) in [
            ("7", Some(7)),
            (" 0 ", Some(0)),
            ("Sat, 21 Nov 2026 08:49:37 GMT", Some(7)),
            ("Saturday, 21-Nov-26 08:50:30 GMT", Some(60)),
            ("Sat Nov 21 08:49:31 2026", Some(1)),
            ("Sat, 21 Nov 2026 08:49:00 GMT", Some(0)),
            ("-1", None),
            ("1.5", None),
            ("soon", None),
            ("", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::RETRY_AFTER, text.parse().expect("a header"));
            assert_eq!(retry_after(&headers, now), due.map(Duration::from_secs), "{text}");
        }
        assert_eq!(retry_after(&HeaderMap::new(), now), None);
    }
}
