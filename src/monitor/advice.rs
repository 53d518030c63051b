//! What an owner might do, drawn from the figures.

use crate::config::Config;
use crate::kernel::Moment;

use super::Monitor;
use super::histogram::Counts;
use super::sample::Sample;
use super::say::{count, duration_ms, megabytes, one};
use super::series::Window;

/// A request that takes longer is worth a look (R39).
const LONG_MS: f64 = 200.0;
/// A statement that took less in all since yesterday is not worth a sentence.
const WORTH_MS: f64 = 1000.0;
const TARGET_HIT_RATE: f64 = 90.0;

/// What may be done, with the figure that says why.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Recommendation {
    pub name: &'static str,
    pub text: String,
}

impl Monitor {
    /// Sentences, the most useful first.
    pub(super) fn recommend(&self, sample: &Sample, now: Moment) -> Vec<Recommendation> {
        let peak = self.history.lock().quarters().map(|quarter| quarter.memory).max().unwrap_or(0);
        let mut all: Vec<Recommendation> = [
            proxy(sample),
            backups(sample),
            memory(sample, peak, &self.config),
            cache(sample, &self.config),
            stopped(sample),
        ]
        .into_iter()
        .flatten()
        .collect();
        all.extend(self.statement());
        all.extend(self.route(now));
        all
    }

    /// The statement that took most in all.
    fn statement(&self) -> Option<Recommendation> {
        let worst = self.slow.top().into_iter().find(|s| s.total_ms() >= WORTH_MS)?;
        if !worst.is_asked() {
            let (mean, times) = (duration_ms(worst.mean_ms()), count(worst.count));
            let text = format!(
                "Writing to the disk took {mean} on average, {times} times since yesterday. A faster disk would help most."
            );
            return Some(Recommendation { name: "slow_disk", text });
        }
        let (mean, times) = (duration_ms(worst.mean_ms()), worst.count);
        let what = match worst.purpose.kind {
            "" => "One query".to_owned(),
            kind => format!("One query over {}", kind.replace('-', " ")),
        };
        let often = if times == 1 { "once".to_owned() } else { format!("{} times", count(times)) };
        let why = match worst.scans() {
            true => "It reads its whole table: filter by a field with an index, or by fewer days.",
            false => "Ask for fewer rows or a shorter time, or ask less often.",
        };
        let text = format!("{what} took {mean} and ran {often} since yesterday. {why}");
        Some(Recommendation { name: "slow_query", text })
    }

    /// The route that keeps people waiting.
    fn route(&self, now: Moment) -> Option<Recommendation> {
        let hours = self.routes.iter().filter(|route| route.label.timed && route.tally.count() > 0);
        let slow = hours.filter_map(|route| {
            let hour: Counts = route.tally.within(Window::Hour, now);
            let most = hour.quantile_ms(0.95).filter(|ms| *ms > LONG_MS && hour.total() >= super::rules::FEW)?;
            Some((most, hour.total(), route.label.pattern))
        });
        let (most, total, pattern) = slow.max_by(|a, b| (a.0 * a.1 as f64).total_cmp(&(b.0 * b.1 as f64)))?;
        let text = format!(
            "5 of 100 requests for {pattern} took longer than {} in the last hour, of {} in all.",
            duration_ms(most),
            count(total)
        );
        Some(Recommendation { name: "slow_route", text })
    }
}

fn proxy(sample: &Sample) -> Option<Recommendation> {
    let peer = sample.edge.stranger?;
    let text = format!(
        "The forwarding headers of {peer} are ignored, so all its visitors look alike. If it is your proxy, set \
         http.trusted_proxies = {peer}"
    );
    Some(Recommendation { name: "proxy", text })
}

fn backups(sample: &Sample) -> Option<Recommendation> {
    let text = "Backups are switched off, so a broken disk would take everything. Set backup.hourly = 24.".to_owned();
    (!sample.backs_up).then_some(Recommendation { name: "backups", text })
}

fn memory(sample: &Sample, peak: u64, config: &Config) -> Option<Recommendation> {
    let share = super::sample::percent(peak, sample.memory_limit)?;
    let warn = config.alerts_memory.map_or(80.0, |levels| levels.warn);
    if share < warn * 0.875 {
        return None;
    }
    let (peak, limit) = (megabytes(peak), megabytes(sample.memory_limit));
    let text = format!(
        "Memory was at {peak} of {limit} today ({} %). Give the machine more, or lower cache.max_mb.",
        one(share)
    );
    Some(Recommendation { name: "memory", text })
}

fn cache(sample: &Sample, config: &Config) -> Option<Recommendation> {
    let rate = sample.hit_rate.filter(|rate| *rate < TARGET_HIT_RATE)?;
    let cache = sample.cache.as_ref()?;
    let most: u64 = cache.tiers.iter().map(|tier| tier.most_bytes).sum();
    // A cache that is half empty is not short of room.
    let full = cache.bytes() * 10 > most * 8;
    let way = match full && config.alerts_hit_rate.is_some() {
        true => format!("It is full with {}: raise cache.max_mb.", megabytes(cache.bytes())),
        false => "It still has room, so this will rise with use.".to_owned(),
    };
    let text = format!("{} of 100 answers come from the cache; the target is {TARGET_HIT_RATE}. {way}", one(rate));
    Some(Recommendation { name: "cache", text })
}

fn stopped(sample: &Sample) -> Option<Recommendation> {
    let stopped = sample.store.interrupted;
    let text = format!(
        "{} questions to the database were stopped since the start because they took too long. Narrow their filters.",
        count(stopped)
    );
    (stopped > 0).then_some(Recommendation { name: "stopped", text })
}
