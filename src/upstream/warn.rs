//! What deserves a second look although it is valid (D17).

use serde::Serialize;

/// More leads than this in a month are more likely a mistake than a success.
const MANY_LEADS: i64 = 1000;
/// Beyond ten times its target a workspace has the wrong target (D15).
pub const MOST_PROGRESS: f64 = 10.0;

/// One remark about a workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// A word for programs.
    pub code: &'static str,
    /// For people.
    pub message: String,
}

fn warning(code: &'static str, message: impl Into<String>) -> Warning {
    Warning { code, message: message.into() }
}

/// Of leads and their target.
pub fn of_leads(leads: i64, sent: i64, target: Option<i64>) -> Vec<Warning> {
    let mut found = Vec::new();
    match target.filter(|target| *target > 0) {
        None => found.push(warning("no_target", "No monthly target is set.")),
        Some(target) => {
            if sent == 0 {
                found.push(warning("nothing_sent", "There is a target, and no mail was sent this month."));
            }
            if leads as f64 / target as f64 > MOST_PROGRESS {
                found.push(warning("past_target", "More than ten times the target: is the target right?"));
            }
        }
    }
    if leads > MANY_LEADS {
        found.push(warning("many_leads", "More than 1,000 leads in a month are unusually many."));
    }
    found
}

/// Of mails and their target.
pub fn of_mails(sent: i64, target: Option<i64>) -> Vec<Warning> {
    match target.filter(|target| *target > 0) {
        None => vec![warning("no_target", "No sending target is set.")],
        Some(_) if sent == 0 => vec![warning("nothing_sent", "There is a target, and no mail was sent this month.")],
        Some(_) => Vec::new(),
    }
}

/// Of what the month is going to bring in, in minor units; `None` where a price or a cost is not set.
pub fn of_profit(projected: Option<i64>) -> Vec<Warning> {
    match projected {
        None => vec![warning("no_price", "The price per lead or the cost is not set.")],
        Some(profit) if profit < 0 => {
            vec![warning("negative_margin", "At this pace the month costs more than it brings in.")]
        }
        Some(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(found: Vec<Warning>) -> Vec<&'static str> {
        found.into_iter().map(|warning| warning.code).collect()
    }

    /// D17
    #[test]
    fn each_remark_is_made_where_it_is_due() {
        assert!(codes(of_leads(10, 500, Some(100))).is_empty());
        assert_eq!(codes(of_leads(10, 500, None)), ["no_target"]);
        assert_eq!(codes(of_leads(10, 500, Some(0))), ["no_target"]);
        assert_eq!(codes(of_leads(0, 0, Some(100))), ["nothing_sent"]);
        assert_eq!(codes(of_leads(1001, 9, Some(2000))), ["many_leads"]);
        assert!(codes(of_leads(1000, 9, Some(2000))).is_empty());
        assert_eq!(codes(of_leads(101, 9, Some(10))), ["past_target"]);
        assert_eq!(codes(of_mails(0, Some(10))), ["nothing_sent"]);
        assert_eq!(codes(of_mails(0, None)), ["no_target"]);
        assert_eq!(codes(of_profit(Some(-1))), ["negative_margin"]);
        assert!(codes(of_profit(Some(0))).is_empty());
        assert_eq!(codes(of_profit(None)), ["no_price"]);
    }
}
