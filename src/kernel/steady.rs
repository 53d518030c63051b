//! A clock that nobody can set: for what must last as long as was said, whatever becomes of the
//! wall's clock meanwhile.

use std::sync::OnceLock;
use std::time::Instant;

use super::Moment;

/// Moments counted from an anchor by the monotonic clock.
#[derive(Clone, Copy, Debug)]
pub struct Steady {
    anchor: Moment,
    begun: Instant,
}

impl Steady {
    /// A clock that showed `anchor` at `begun`.
    pub fn new(anchor: Moment, begun: Instant) -> Self {
        Self { anchor, begun }
    }

    /// What it shows at `now`.
    pub fn at(&self, now: Instant) -> Moment {
        let passed = now.saturating_duration_since(self.begun).as_millis();
        Moment(self.anchor.0.saturating_add(i64::try_from(passed).unwrap_or(i64::MAX)))
    }
}

impl Moment {
    /// Now, by the clock of the process: it was right when first asked and has run evenly since.
    pub fn steady() -> Self {
        static CLOCK: OnceLock<Steady> = OnceLock::new();
        CLOCK.get_or_init(|| Steady::new(Self::now(), Instant::now())).at(Instant::now())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn it_goes_by_what_has_passed_and_never_back() {
        let begun = Instant::now();
        let clock = Steady::new(Moment(1_000), begun);
        assert_eq!(clock.at(begun), Moment(1_000));
        assert_eq!(clock.at(begun + Duration::from_secs(900)), Moment(901_000));
        assert!(Moment::steady() <= Moment::steady());
    }
}
