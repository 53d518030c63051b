//! Alerts: when one fires, how grave it is, and when it is over.
//!
//! A figure must be off for a while before anybody is told, and back for a while and by a margin
//! before it is over, so that one that wavers about its threshold fires once.

use std::collections::VecDeque;

use crate::config::{Config, Levels};
use crate::kernel::{Id, Moment};

use super::rules::{RULES, Rule};
use super::sample::Sample;

/// A figure must be back for so long.
const CALM_MS: i64 = 60_000;
/// And better than its threshold by this share of it.
const MARGIN: f64 = 0.05;
/// Alerts that are over and still shown without a look into the store.
pub const SHOWN: usize = 100;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Warn,
    Critical,
}

impl Severity {
    pub fn as_str(self) -> &'static str {
        ["warn", "critical"][self as usize]
    }
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Warn, Self::Critical].into_iter().find(|s| s.as_str() == text)
    }
}

/// One alert from when it fired; over when it has an end.
#[derive(Clone, Debug, PartialEq)]
pub struct Alert {
    pub id: Id,
    pub rule: String,
    pub severity: Severity,
    pub since: Moment,
    pub until: Option<Moment>,
    /// The figure that was furthest off.
    pub worst: f64,
    pub threshold: f64,
    pub message: String,
}

/// What one rule is about to do.
#[derive(Clone, Copy, Debug, Default)]
struct Watch {
    off_since: Option<Moment>,
    back_since: Option<Moment>,
}

/// All that are open and the latest that are over.
pub struct Alerts {
    watches: Vec<Watch>,
    open: Vec<Alert>,
    over: VecDeque<Alert>,
}

impl Alerts {
    /// Goes on with what was kept: newest first, those that are open among them.
    pub fn resume(kept: Vec<Alert>) -> Self {
        let (open, over): (Vec<_>, Vec<_>) = kept.into_iter().partition(|alert| alert.until.is_none());
        Self { watches: vec![Watch::default(); RULES.len()], open, over: over.into() }
    }

    /// Open ones, the gravest and oldest first.
    pub fn open(&self) -> Vec<Alert> {
        let mut open = self.open.clone();
        open.sort_by_key(|alert| (std::cmp::Reverse(alert.severity), alert.since));
        open
    }

    /// Those that are over, newest first.
    pub fn over(&self) -> impl Iterator<Item = &Alert> {
        self.over.iter()
    }

    pub fn severity(&self, rule: &str) -> Option<Severity> {
        self.open.iter().find(|alert| alert.rule == rule).map(|alert| alert.severity)
    }

    /// Looks at every figure, and gives the alerts that changed, to be kept.
    pub fn observe(&mut self, sample: &Sample, config: &Config, now: Moment) -> Vec<Alert> {
        RULES
            .iter()
            .enumerate()
            .filter_map(|(at, rule)| self.look(at, rule, (rule.levels)(config), sample, now))
            .collect()
    }

    fn look(&mut self, at: usize, rule: &Rule, levels: Option<Levels>, sample: &Sample, now: Moment) -> Option<Alert> {
        let figure = levels.and_then(|levels| Some((levels, (rule.figure)(sample)?)));
        let seen = figure.and_then(|(levels, value)| severity(levels, value, rule.more_is_worse));
        let watch = &mut self.watches[at];
        let place = self.open.iter().position(|alert| alert.rule == rule.name);
        let present = place.map(|place| self.open[place].severity);
        if let (Some(place), Some((_, value))) = (place, figure) {
            let worst = &mut self.open[place].worst;
            *worst = if rule.more_is_worse { worst.max(value) } else { worst.min(value) };
        }
        if let Some((levels, value)) = figure
            && seen > present
        {
            watch.back_since = None;
            let off_since = *watch.off_since.get_or_insert(now);
            if u128::try_from(now.0 - off_since.0).unwrap_or(0) < rule.after.as_millis() {
                return None;
            }
            watch.off_since = None;
            let severity = seen?;
            let threshold = if severity == Severity::Critical { levels.critical } else { levels.warn };
            let message = (rule.says)(value, sample);
            match place {
                Some(place) => {
                    let alert = &mut self.open[place];
                    (alert.severity, alert.threshold, alert.message) = (severity, threshold, message);
                }
                None => self.open.push(Alert {
                    id: Id::new(),
                    rule: rule.name.to_owned(),
                    severity,
                    since: now,
                    until: None,
                    worst: value,
                    threshold,
                    message,
                }),
            }
            return place.map_or_else(|| self.open.last().cloned(), |place| Some(self.open[place].clone()));
        }
        watch.off_since = None;
        let place = place?;
        let eased =
            figure.and_then(|(levels, value)| severity(eased(levels, rule.more_is_worse), value, rule.more_is_worse));
        if eased >= present {
            watch.back_since = None;
            return None;
        }
        let back_since = *watch.back_since.get_or_insert(now);
        if now.0 - back_since.0 < CALM_MS {
            return None;
        }
        watch.back_since = None;
        match (eased, levels) {
            (Some(severity), Some(levels)) => {
                let alert = &mut self.open[place];
                (alert.severity, alert.threshold) = (severity, levels.warn);
                Some(alert.clone())
            }
            _ => {
                let mut alert = self.open.remove(place);
                alert.until = Some(now);
                self.over.push_front(alert.clone());
                self.over.truncate(SHOWN);
                Some(alert)
            }
        }
    }
}

/// How grave a figure is; `None` where it is well.
pub fn severity(levels: Levels, value: f64, more_is_worse: bool) -> Option<Severity> {
    let beyond = |threshold: f64| if more_is_worse { value >= threshold } else { value < threshold };
    match (beyond(levels.critical), beyond(levels.warn)) {
        (true, _) => Some(Severity::Critical),
        (false, true) => Some(Severity::Warn),
        (false, false) => None,
    }
}

/// Thresholds moved to the good side.
fn eased(levels: Levels, more_is_worse: bool) -> Levels {
    let factor = if more_is_worse { 1.0 - MARGIN } else { 1.0 + MARGIN };
    Levels { warn: levels.warn * factor, critical: levels.critical * factor }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::monitor::probe::Memory;

    const START: Moment = Moment(1_795_262_400_000);

    /// A server with memory at so many percent, and otherwise well.
    fn at(percent: u64) -> Sample {
        Sample {
            memory: Memory { resident: percent, ..Memory::default() },
            memory_limit: 100,
            store_lives: true,
            hit_rate: Some(95.0),
            ..Sample::default()
        }
    }

    fn config() -> Config {
        Config::for_folder(std::path::Path::new("nowhere"))
    }

    /// Shows one figure after the other, five seconds apart; gives what happened, and when.
    fn run(samples: impl IntoIterator<Item = Sample>) -> Vec<(i64, &'static str, bool)> {
        let (mut alerts, config) = (Alerts::resume(Vec::new()), config());
        let mut happened = Vec::new();
        for (step, sample) in samples.into_iter().enumerate() {
            let seconds = 5 * step as i64;
            for alert in alerts.observe(&sample, &config, START.plus_s(seconds)) {
                happened.push((seconds, alert.severity.as_str(), alert.until.is_some()));
            }
        }
        happened
    }

    #[test]
    fn memory_warns_at_80_is_critical_at_85_and_recovers_after_a_calm_minute() {
        let figures = [70, 80, 84, 85, 90, 70].into_iter().chain([70; 14]);
        assert_eq!(run(figures.map(at)), [(5, "warn", false), (15, "critical", false), (85, "critical", true)]);
    }

    #[test]
    fn a_figure_that_wavers_about_its_threshold_fires_once() {
        let figures = (0..400).map(|step| if step % 2 == 0 { 79 } else { 81 });
        assert_eq!(run(figures.map(at)), [(5, "warn", false)]);
        // It comes back by a margin, but not for long enough.
        let figures = (0..400).map(|step| if step % 10 == 0 { 81 } else { 60 });
        assert_eq!(run(figures.map(at)), [(0, "warn", false)]);
    }

    #[test]
    fn what_was_critical_may_become_a_warning_before_it_is_over() {
        let figures = [90].into_iter().chain([78; 30]).chain([50; 14]);
        let warned = run(figures.map(at));
        assert_eq!(warned, [(0, "critical", false), (65, "warn", false), (215, "warn", true)]);
    }

    #[test]
    fn a_short_peak_of_the_processor_is_no_alert_and_a_long_one_is() {
        let busy = |cpu| Sample { cpu: Some(cpu), ..at(10) };
        assert_eq!(run([90.0, 90.0, 90.0, 20.0, 90.0, 90.0, 90.0, 20.0].map(busy)), []);
        assert_eq!(run([90.0; 8].map(busy)), [(30, "warn", false)]);
    }

    #[test]
    fn less_is_worse_where_it_is() {
        let rate = |rate| Sample { hit_rate: rate, ..at(10) };
        let figures = [Some(69.0); 14].into_iter().chain([Some(59.0); 14]).chain([None; 14]);
        let happened = run(figures.map(rate));
        assert_eq!(happened, [(60, "warn", false), (130, "critical", false), (200, "critical", true)]);
    }

    #[test]
    fn an_alert_survives_a_restart_and_knows_its_age() {
        let mut before = Alerts::resume(Vec::new());
        let kept = before.observe(&at(82), &config(), START);
        let mut after = Alerts::resume(kept.clone());
        assert_eq!(after.observe(&at(82), &config(), START.plus_s(3600)), []);
        assert_eq!(after.open(), kept);
        after.observe(&at(50), &config(), START.plus_s(3605));
        let over = after.observe(&at(50), &config(), START.plus_s(3665));
        assert_eq!((over[0].id, over[0].since, over[0].until), (kept[0].id, START, Some(START.plus_s(3665))));
        assert_eq!((after.open().len(), after.over().count()), (0, 1));
    }

    #[test]
    fn the_worst_figure_and_a_sentence_are_kept_and_an_alert_can_be_switched_off() {
        let (mut alerts, mut config) = (Alerts::resume(Vec::new()), config());
        alerts.observe(&at(81), &config, START);
        alerts.observe(&at(84), &config, START.plus_s(5));
        let open = alerts.open();
        assert_eq!((open[0].worst, open[0].threshold), (84.0, 80.0));
        assert!(open[0].message.contains("81 %"), "{}", open[0].message);
        config.alerts_memory = None;
        alerts.observe(&at(99), &config, START.plus_s(10));
        alerts.observe(&at(99), &config, START.plus_s(80));
        assert_eq!(alerts.open(), []);
    }
}
