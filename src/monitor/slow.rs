//! Slow statements: what was asked, how often, how long it took, and how SQLite goes about it.

use std::collections::HashMap;
use std::time::Duration;

use parking_lot::Mutex;
use xxhash_rust::xxh3::xxh3_64;

use crate::db::Purpose;
use crate::kernel::Moment;

/// So many statements are remembered; when one more comes, the one that took least goes.
const MOST: usize = 200;
/// How many are shown: those that took most in all.
pub const SHOWN: usize = 20;
/// A longer text is remembered up to here, and not explained.
const LONGEST: usize = 16 * 1024;
/// What did not come again for so long is forgotten.
const KEPT_S: i64 = 24 * 3600;

/// One statement's record. Values are `?` in the text.
#[derive(Clone, Debug)]
pub struct SlowStatement {
    pub sql: String,
    /// What it was last done for.
    pub purpose: Purpose,
    pub count: u64,
    pub total: Duration,
    pub longest: Duration,
    pub first: Moment,
    pub last: Moment,
    /// The lines of its plan, once somebody looked.
    pub plan: Option<Vec<String>>,
}

impl SlowStatement {
    pub fn mean_ms(&self) -> f64 {
        self.total.as_secs_f64() * 1000.0 / self.count.max(1) as f64
    }
    pub fn longest_ms(&self) -> f64 {
        self.longest.as_secs_f64() * 1000.0
    }
    pub fn total_ms(&self) -> f64 {
        self.total.as_secs_f64() * 1000.0
    }
    /// Somebody asked for it: it is not the server's own work.
    pub fn is_asked(&self) -> bool {
        !self.purpose.route.starts_with("own.")
    }
    /// It reads a table from one end to the other.
    pub fn scans(&self) -> bool {
        self.plan.iter().flatten().any(|line| line.contains("SCAN ") && !line.contains("INDEX"))
    }
}

/// All slow statements of the last day.
#[derive(Default)]
pub struct Slow(Mutex<HashMap<u64, SlowStatement>>);

impl Slow {
    pub fn note(&self, sql: &str, took: Duration, purpose: Purpose, now: Moment) {
        let mut all = self.0.lock();
        let key = xxh3_64(sql.as_bytes());
        if let Some(known) = all.get_mut(&key) {
            known.count += 1;
            known.total += took;
            known.longest = known.longest.max(took);
            known.last = now;
            if purpose != Purpose::default() {
                known.purpose = purpose;
            }
            return;
        }
        if all.len() >= MOST
            && let Some(least) = all.iter().min_by_key(|(_, s)| s.total).map(|(key, _)| *key)
        {
            all.remove(&least);
        }
        let purpose = if purpose == Purpose::default() { own_work(sql) } else { purpose };
        let mut text = sql.to_owned();
        let plan = (text.len() > LONGEST || !is_explained(sql)).then(Vec::new);
        text.truncate(text.floor_char_boundary(LONGEST));
        let statement =
            SlowStatement { sql: text, purpose, count: 1, total: took, longest: took, first: now, last: now, plan };
        all.insert(key, statement);
    }

    /// Those that took most in all, the worst first.
    pub fn top(&self) -> Vec<SlowStatement> {
        let mut all: Vec<_> = self.0.lock().values().cloned().collect();
        all.sort_by_key(|statement| std::cmp::Reverse((statement.total, statement.count)));
        all.truncate(SHOWN);
        all
    }

    pub fn len(&self) -> usize {
        self.0.lock().len()
    }

    /// One whose plan nobody has looked at yet.
    pub fn unexplained(&self) -> Option<String> {
        let all = self.0.lock();
        all.values().filter(|s| s.plan.is_none()).max_by_key(|s| s.total).map(|s| s.sql.clone())
    }

    pub fn explain(&self, sql: &str, plan: Vec<String>) {
        if let Some(known) = self.0.lock().get_mut(&xxh3_64(sql.as_bytes())) {
            known.plan = Some(plan);
        }
    }

    /// Forgets what did not come again for a day.
    pub fn tidy(&self, now: Moment) {
        self.0.lock().retain(|_, s| s.last > now.plus_s(-KEPT_S));
    }
}

/// What a statement without a purpose is for: the writer has none to tell, nor has SQLite for what it
/// asks itself.
fn own_work(sql: &str) -> Purpose {
    let route = match sql {
        "COMMIT" => "own.commit",
        _ if sql.contains("wal_checkpoint") => "own.checkpoint",
        _ if ["_words", "_grams", "search_dirty"].iter().any(|part| sql.contains(part)) => "own.search",
        _ => "own.work",
    };
    Purpose { route, kind: "" }
}

/// Only these have a plan; COMMIT and PRAGMA have none.
fn is_explained(sql: &str) -> bool {
    let first = sql.trim_start().split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    ["SELECT", "WITH", "INSERT", "UPDATE", "DELETE", "REPLACE"].iter().any(|word| first.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment(1_795_262_400_000);
    const PURPOSE: Purpose = Purpose { route: "index", kind: "companies" };

    #[test]
    fn statements_are_added_up_and_shown_by_what_they_took_in_all() {
        let slow = Slow::default();
        let ms = Duration::from_millis;
        slow.note("SELECT 1", ms(300), PURPOSE, NOW);
        slow.note("SELECT 2", ms(200), PURPOSE, NOW);
        slow.note("SELECT 2", ms(400), Purpose::default(), NOW.plus_s(1));
        slow.note("COMMIT", ms(150), Purpose::default(), NOW);
        let top = slow.top();
        assert_eq!(top.iter().map(|s| &*s.sql).collect::<Vec<_>>(), ["SELECT 2", "SELECT 1", "COMMIT"]);
        assert_eq!((top[0].count, top[0].mean_ms(), top[0].longest), (2, 300.0, ms(400)));
        assert_eq!(top[0].purpose, PURPOSE);
        assert_eq!(top[2].plan, Some(Vec::new()), "a COMMIT has no plan to wait for");
        assert_eq!(top[2].purpose.route, "own.commit");
        assert_eq!(slow.unexplained().as_deref(), Some("SELECT 2"));
        slow.explain("SELECT 2", vec!["SCAN companies".into()]);
        assert_eq!(slow.unexplained().as_deref(), Some("SELECT 1"));
        assert!(slow.top()[0].scans());
    }

    #[test]
    fn however_many_there_are_the_slowest_stay() {
        let slow = Slow::default();
        for n in 0..3 * MOST as u64 {
            slow.note(&format!("SELECT {n}"), Duration::from_millis(n), PURPOSE, NOW);
        }
        assert_eq!(slow.len(), MOST);
        assert_eq!(slow.top()[0].sql, "SELECT 599");
        slow.tidy(NOW.plus_s(KEPT_S));
        assert_eq!(slow.len(), 0);
    }
}
