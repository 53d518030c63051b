//! One score of 100, and the parts that it is made of.

use crate::config::{Config, Levels};

use super::rules::rule;
use super::sample::Sample;
use super::say::{count, duration_ms, megabytes, one};

/// One part of the score.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Part {
    pub name: &'static str,
    pub title: &'static str,
    pub points: f64,
    pub of: f64,
    /// How it is, in a sentence.
    pub says: String,
    /// There was a figure to judge it by.
    pub judged: bool,
    /// It is as it should be, with at most a little to wish for.
    pub well: bool,
}

/// The score, and the part that holds it down where one does.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Score {
    pub score: u32,
    pub parts: Vec<Part>,
    /// The part without which it would be higher: whatever is critical weighs more than its points.
    pub held_by: Option<&'static str>,
}

/// How a part is drawn from a rule of the same name.
struct Share {
    rule: &'static str,
    title: &'static str,
    of: f64,
    /// Where the figure is as good as one may ask, from the thresholds.
    good: fn(Levels) -> f64,
    well: fn(&Sample) -> String,
}

/// All points together are 100.
const SHARES: &[Share] = &[
    Share { rule: "store", title: "Database", of: 10.0, good: |_| 0.0, well: safe },
    Share { rule: "p95", title: "Speed", of: 20.0, good: |l| l.warn * 0.4, well: fast },
    Share { rule: "errors", title: "Reliability", of: 20.0, good: |_| 0.1, well: reliable },
    Share { rule: "memory", title: "Memory", of: 15.0, good: |l| l.warn * 0.75, well: roomy },
    Share { rule: "backup", title: "Backups", of: 10.0, good: |l| l.warn * 0.75, well: backed_up },
    Share { rule: "hit_rate", title: "Cache", of: 10.0, good: |_| 90.0, well: cached },
    Share { rule: "disk_free", title: "Disk", of: 10.0, good: |l| l.warn * 2.0, well: spacious },
    Share { rule: "cpu", title: "Processor", of: 5.0, good: |l| l.warn * 0.75, well: at_ease },
];

/// What one part at its worst leaves of the whole.
const HELD: f64 = 40.0;

pub fn score(sample: &Sample, config: &Config) -> Score {
    let mut parts = Vec::with_capacity(SHARES.len());
    let mut worst: Option<(f64, &'static str)> = None;
    for share in SHARES {
        let Some(rule) = rule(share.rule) else { continue };
        let judged = (rule.levels)(config).zip((rule.figure)(sample));
        let (worth, says) = match &judged {
            Some((levels, value)) => {
                let worth = worth(*value, (share.good)(*levels), *levels, rule.more_is_worse);
                (worth, if worth > WARNED { (share.well)(sample) } else { (rule.says)(*value, sample) })
            }
            None => (1.0, (share.well)(sample)),
        };
        if worst.is_none_or(|(least, _)| worth < least) {
            worst = Some((worth, share.rule));
        }
        parts.push(Part {
            name: share.rule,
            title: share.title,
            points: round(share.of * worth),
            of: share.of,
            says,
            judged: judged.is_some(),
            well: judged.is_some() && worth > FINE,
        });
    }
    let sum: f64 = parts.iter().map(|part| part.points).sum();
    let (worth, part) = worst.unwrap_or((1.0, ""));
    let most = HELD + (100.0 - HELD) * worth;
    Score { score: sum.min(most).round() as u32, parts, held_by: (most < sum && worth < FINE).then_some(part) }
}

/// A part that has more than this left is well.
const FINE: f64 = 0.8;
/// What is left of a part at its first threshold.
const WARNED: f64 = 0.6;

/// 1 where the figure is good, 0.6 at the first threshold, 0 at the second.
fn worth(value: f64, good: f64, levels: Levels, more_is_worse: bool) -> f64 {
    // Turned about where less is worse, so that more always is.
    let sign = if more_is_worse { 1.0 } else { -1.0 };
    let (value, good, warn, critical) = (value * sign, good * sign, levels.warn * sign, levels.critical * sign);
    let along = |from: f64, to: f64| if to > from { ((value - from) / (to - from)).clamp(0.0, 1.0) } else { 1.0 };
    match value {
        _ if value <= good => 1.0,
        _ if value < warn => 1.0 - (1.0 - WARNED) * along(good, warn),
        _ => WARNED * (1.0 - along(warn, critical)),
    }
}

fn round(points: f64) -> f64 {
    (points * 10.0).round() / 10.0
}

fn safe(sample: &Sample) -> String {
    match sample.store.changes {
        0 => "The database answers.".to_owned(),
        1 => "The one change since the start is safe on disk.".to_owned(),
        n => format!("All {} changes since the start are safe on disk.", count(n)),
    }
}

fn fast(sample: &Sample) -> String {
    match (sample.requests.quantile_ms(0.5), sample.requests.quantile_ms(0.95)) {
        (Some(half), Some(most)) => {
            format!("Answers are fast: half within {}, 95 of 100 within {}.", duration_ms(half), duration_ms(most))
        }
        _ => "Nobody has asked for anything in the last five minutes.".to_owned(),
    }
}

fn reliable(sample: &Sample) -> String {
    match (sample.requests.total(), sample.requests.failed()) {
        (0, _) => "No request has failed.".to_owned(),
        (total, 0) => format!("None of {} requests in the last five minutes failed.", count(total)),
        (total, failed) => format!("{failed} of {} requests in the last five minutes failed.", count(total)),
    }
}

fn roomy(sample: &Sample) -> String {
    format!("Memory is steady at {} of {}.", megabytes(sample.memory.resident), megabytes(sample.memory_limit))
}

fn backed_up(sample: &Sample) -> String {
    match (sample.backs_up, sample.backup_age_h(), sample.edge.backup) {
        (false, ..) => "Backups are switched off.".to_owned(),
        (_, Some(hours), Some(_)) => {
            format!("The last backup was made and checked {} ago.", duration_ms(hours * 3_600_000.0))
        }
        _ => "The first backup follows within the hour.".to_owned(),
    }
}

fn cached(sample: &Sample) -> String {
    match (&sample.cache, sample.hit_rate) {
        (None, _) => "The cache is off; every answer is made anew.".to_owned(),
        (Some(_), None) => "Too little was asked for to judge the cache.".to_owned(),
        (Some(_), Some(rate)) => format!("{} of 100 answers come from the cache.", one(rate)),
    }
}

fn spacious(sample: &Sample) -> String {
    match sample.disk_free {
        Some(bytes) => format!("There is room on the disk: {} are free.", megabytes(bytes)),
        None => "The free space of this disk cannot be told.".to_owned(),
    }
}

fn at_ease(sample: &Sample) -> String {
    match sample.cpu {
        Some(cpu) => format!("The processor is {} % busy with Larder.", one(cpu)),
        None => "The processor has just been looked at for the first time.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::monitor::probe::Memory;

    fn well() -> Sample {
        Sample {
            memory: Memory { resident: 148_000_000, ..Memory::default() },
            memory_limit: 800_000_000,
            store_lives: true,
            disk_free: Some(54_000_000_000),
            ..Sample::default()
        }
    }

    fn judged(sample: &Sample) -> Score {
        score(sample, &Config::for_folder(Path::new("nowhere")))
    }

    #[test]
    fn all_points_together_are_a_hundred_and_a_server_that_is_well_has_them() {
        assert_eq!(SHARES.iter().map(|share| share.of).sum::<f64>(), 100.0);
        let score = judged(&well());
        assert_eq!((score.score, score.held_by), (100, None));
        assert!(score.parts.iter().any(|part| part.says == "Memory is steady at 148 MB of 800 MB."), "{score:?}");
    }

    #[test]
    fn the_worse_a_figure_the_fewer_points() {
        let mut last = f64::MAX;
        for percent in [50, 60, 65, 70, 79, 80, 83, 84, 85, 99] {
            let memory = Memory { resident: percent * 8_000_000, ..Memory::default() };
            let score = judged(&Sample { memory, ..well() });
            let points = score.parts.iter().find(|part| part.name == "memory").expect("a part").points;
            assert!(points <= last, "{percent} %: {points}");
            last = points;
        }
        assert_eq!(last, 0.0);
    }

    #[test]
    fn one_critical_thing_holds_the_whole_score() {
        let score = judged(&Sample { disk_free: Some(50_000_000), ..well() });
        assert_eq!((score.score, score.held_by), (40, Some("disk_free")));
        let score = judged(&Sample { disk_free: Some(1_000_000_000), ..well() });
        assert_eq!((score.score, score.held_by), (76, Some("disk_free")));
    }
}
