//! What can go wrong with a call, whether it may be made again, and what people are told of it.

use std::time::Duration;

use super::payload::Complaint;

/// Whoever asks us to wait longer than this is not asked again by ourselves.
pub const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// How a connection failed. People are told no more: whatever else there is to say may name a host that
/// is not for everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    NoHost,
    Refused,
    NoWay,
    Untrusted,
    Midway,
    Otherwise,
}

impl Broken {
    fn told(self) -> &'static str {
        match self {
            Self::NoHost => "there is no such host",
            Self::Refused => "the connection was refused",
            Self::NoWay => "its network cannot be reached",
            Self::Untrusted => "its certificate is not to be trusted, or it speaks no HTTPS",
            Self::Midway => "the connection broke off",
            Self::Otherwise => "it did not answer as a web server does",
        }
    }
}

/// The codes of what passes by itself.
pub const PASSING: [&str; 4] = ["network", "timeout", "server_error", "limited"];

/// Why a call gave nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum Fault {
    /// No connection, or one that broke off.
    Network(Broken),
    /// Nothing came in time.
    Timeout,
    /// The other side failed: 5xx, with how long it asks to be left alone.
    Status(u16, Option<Duration>),
    /// 429, the same.
    Limited(Option<Duration>),
    /// Any other status that is no success.
    Refused(u16),
    /// More came than is taken.
    TooLarge,
    /// What came is not what was declared.
    Invalid(Vec<Complaint>),
    /// The address leads where no call may go.
    Barred(String),
    /// There is no token that would let us ask, or it cannot be opened.
    NoToken(String),
}

/// May a call be made again, and when?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    Never,
    /// After a pause of our own choice.
    Soon,
    /// After as long as the other side asked for.
    After(Duration),
}

impl Fault {
    /// Network, time and the other side's failures pass; what was refused or is wrong stays so (D10).
    pub fn again(&self) -> Again {
        match self {
            Self::Network(_) | Self::Timeout => Again::Soon,
            Self::Status(_, wait) | Self::Limited(wait) => match wait {
                None => Again::Soon,
                Some(wait) if *wait <= LONGEST_WAIT => Again::After(*wait),
                Some(_) => Again::Never,
            },
            Self::Refused(_) | Self::TooLarge | Self::Invalid(_) | Self::Barred(_) | Self::NoToken(_) => Again::Never,
        }
    }

    /// Does what has this code pass by itself? What was refused or is wrong stays so until somebody
    /// changes something, here or there.
    pub fn passes(code: &str) -> bool {
        PASSING.contains(&code)
    }

    /// Did the other side surely do nothing? It took no call, or there was no connection to make one on.
    pub fn is_undone(&self) -> bool {
        matches!(self, Self::Limited(_) | Self::Network(Broken::NoHost | Broken::Refused | Broken::NoWay))
    }

    /// No call was made at all.
    pub fn is_ours(&self) -> bool {
        matches!(self, Self::Barred(_) | Self::NoToken(_))
    }

    /// Does it say that the other side is down? A refusal is an answer, and so is nonsense.
    pub fn is_outage(&self) -> bool {
        matches!(self, Self::Network(_) | Self::Timeout | Self::Status(..))
    }

    /// A word for programs and logs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Network(_) => "network",
            Self::Timeout => "timeout",
            Self::Status(..) => "server_error",
            Self::Limited(_) => "limited",
            Self::Refused(401 | 403) => "token_refused",
            Self::Refused(_) => "refused",
            Self::TooLarge => "too_large",
            Self::Invalid(_) => "invalid",
            Self::Barred(_) => "address_refused",
            Self::NoToken(_) => "no_token",
        }
    }

    /// The status that came, if one did.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Status(status, _) | Self::Refused(status) => Some(*status),
            Self::Limited(_) => Some(429),
            _ => None,
        }
    }

    /// For people.
    pub fn told(&self) -> String {
        match self {
            Self::Network(why) => format!("The service could not be reached: {}.", why.told()),
            Self::Timeout => "The service did not answer in time.".to_owned(),
            Self::Status(status, _) => format!("The service failed (status {status})."),
            Self::Limited(_) => "The service takes no more calls for now (status 429).".to_owned(),
            Self::Refused(status @ (401 | 403)) => {
                format!("The service refused the token (status {status}). Give a new one in the settings.")
            }
            Self::Refused(status) => format!("The service refused the call (status {status})."),
            Self::TooLarge => "The answer is larger than is taken.".to_owned(),
            Self::Invalid(complaints) => match complaints.first() {
                Some(first) => format!("The answer is not as declared: {}", first.told()),
                None => "The answer is not as declared.".to_owned(),
            },
            Self::Barred(why) | Self::NoToken(why) => why.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// D10
    #[test]
    fn only_what_may_pass_is_tried_again() {
        let s = Duration::from_secs;
        for (fault, again) in [
            (Fault::Network(Broken::Midway), Again::Soon),
            (Fault::Timeout, Again::Soon),
            (Fault::Status(500, None), Again::Soon),
            (Fault::Status(503, Some(s(7))), Again::After(s(7))),
            (Fault::Limited(None), Again::Soon),
            (Fault::Limited(Some(s(60))), Again::After(s(60))),
            (Fault::Limited(Some(s(61))), Again::Never),
            (Fault::Refused(400), Again::Never),
            (Fault::Refused(401), Again::Never),
            (Fault::Refused(404), Again::Never),
            (Fault::Refused(302), Again::Never),
            (Fault::TooLarge, Again::Never),
            (Fault::Invalid(Vec::new()), Again::Never),
            (Fault::Barred("no".into()), Again::Never),
        ] {
            assert_eq!(fault.again(), again, "{fault:?}");
        }
    }

    #[test]
    fn only_what_no_connection_was_made_for_or_was_turned_away_is_surely_undone() {
        for fault in [Fault::Limited(None), Fault::Network(Broken::Refused), Fault::Network(Broken::NoHost)] {
            assert!(fault.is_undone(), "{fault:?}");
        }
        for fault in [
            Fault::Timeout,
            Fault::Status(503, Some(Duration::from_secs(1))),
            Fault::Network(Broken::Midway),
            Fault::Network(Broken::Otherwise),
            Fault::Invalid(Vec::new()),
        ] {
            assert!(!fault.is_undone(), "{fault:?}");
        }
    }

    #[test]
    fn a_refusal_is_no_outage() {
        assert!(Fault::Timeout.is_outage() && Fault::Status(502, None).is_outage());
        assert!(!Fault::Refused(401).is_outage() && !Fault::Limited(None).is_outage());
        assert!(!Fault::Invalid(Vec::new()).is_outage());
    }
}
