//! What one source is still to be asked, and what it is being asked: no question twice, at most so many
//! at once, and those first that somebody looks at.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use crate::kernel::{Id, Moment};
use crate::kind::Tenant;

use super::Settings;
use super::breaker::{Breaker, Turn};
use super::fault::{Fault, LONGEST_WAIT};
use super::piece::{Dashboard, Piece};
use super::retry::Budget;
use super::store::{Source, Target};

/// Nothing is asked for so long when what came could not be kept.
const STUMBLED: Duration = Duration::from_secs(30);

/// One question.
#[derive(Clone, Debug)]
pub enum Job {
    /// Which workspaces are there?
    List,
    Piece(Target, Piece),
    /// Have a token made that is bound to the workspace.
    Token(Target),
}

/// Tells questions apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    List,
    Piece(Id, Piece),
    Token(Id),
}

impl Job {
    pub fn key(&self) -> Key {
        match self {
            Self::List => Key::List,
            Self::Piece(target, piece) => Key::Piece(target.workspace, *piece),
            Self::Token(target) => Key::Token(target.workspace),
        }
    }

    /// Asks about whatever workspace is selected at the service, so that nobody else may select another
    /// one meanwhile.
    pub fn selects(&self) -> bool {
        matches!(self, Self::Piece(Target { token: None, .. }, _))
    }
}

/// One loading of a dashboard, from the first question to the last answer.
#[derive(Clone, Debug)]
pub struct Round {
    pub dashboard: Dashboard,
    pub begun: Moment,
    pub of: usize,
    pub failed: usize,
    /// Not answered yet.
    outstanding: HashSet<Key>,
    /// Not kept yet: only then can it be read.
    unkept: HashSet<Key>,
}

impl Round {
    pub fn done(&self) -> usize {
        self.of - self.unkept.len()
    }
}

/// One source.
pub struct Feed {
    pub source: Source,
    pub tenant: Arc<Tenant>,
    pub breaker: Breaker,
    pub budget: Budget,
    waiting: VecDeque<Job>,
    /// With whether somebody has selected a workspace at the service for it. What was asked before the
    /// source became another is under way all the same.
    in_flight: HashMap<(u64, Key), bool>,
    /// Which source this is, of those that it was one after the other.
    generation: u64,
    /// When questions were last done with: whoever planned before that need not ask again.
    finished: HashMap<Key, Moment>,
    /// It asked to be left alone until then.
    held_until: Option<Moment>,
    rounds: Vec<Round>,
    /// Rounds of which nothing is waited for any more, though nothing of them was answered last.
    given_up: Vec<Round>,
}

impl Feed {
    pub fn new(source: Source, tenant: Arc<Tenant>, settings: &Settings) -> Self {
        let breaker = Breaker::resume(settings.breaker, source.open_until);
        Self {
            source,
            tenant,
            breaker,
            budget: Budget::default(),
            waiting: VecDeque::new(),
            in_flight: HashMap::new(),
            generation: 0,
            finished: HashMap::new(),
            held_until: None,
            rounds: Vec::new(),
            given_up: Vec::new(),
        }
    }

    /// Takes questions in, ahead of those that wait already. `at` is when they were found to be due;
    /// what was answered since is not asked again, and what is being asked is waited for (D04).
    pub fn enqueue(&mut self, dashboard: Option<Dashboard>, jobs: Vec<Job>, at: Moment, now: Moment) {
        let mut keys = HashSet::new();
        let mut first = VecDeque::new();
        for job in jobs {
            let key = job.key();
            if self.finished.get(&key).is_some_and(|done| *done >= at && *done <= now) || !keys.insert(key) {
                continue;
            }
            if !self.in_flight.contains_key(&(self.generation, key)) {
                first.push_back(job);
            }
        }
        self.waiting.retain(|job| !keys.contains(&job.key()));
        first.append(&mut self.waiting);
        self.waiting = first;
        let Some(dashboard) = dashboard.filter(|_| !keys.is_empty()) else { return };
        match self.rounds.iter_mut().find(|round| round.dashboard == dashboard) {
            Some(round) => {
                let before = round.unkept.len();
                round.outstanding.extend(&keys);
                round.unkept.extend(keys);
                round.of += round.unkept.len() - before;
            }
            None => {
                let of = keys.len();
                let unkept = keys.clone();
                self.rounds.push(Round { dashboard, begun: now, of, failed: 0, outstanding: keys, unkept });
            }
        }
    }

    /// How many more questions could be asked now.
    pub fn ready(&self, window: usize, now: Moment) -> usize {
        if self.is_held(now) || !self.breaker.would_admit(now) {
            return 0;
        }
        let room = window.saturating_sub(self.in_flight.len()).min(if self.breaker.is_closed() { window } else { 1 });
        let selecting = self.waiting.iter().filter(|job| job.selects()).count();
        let possible = self.waiting.len() - selecting + usize::from(selecting > 0 && !self.is_selecting());
        possible.min(room)
    }

    fn is_selecting(&self) -> bool {
        self.in_flight.values().any(|selects| *selects)
    }

    /// The next question that may be asked.
    pub fn next(&mut self, window: usize, now: Moment) -> Option<Job> {
        if self.ready(window, now) == 0 {
            return None;
        }
        let at = self.waiting.iter().position(|job| !job.selects() || !self.is_selecting())?;
        if !self.breaker.admit(now) {
            return None;
        }
        let job = self.waiting.remove(at)?;
        self.in_flight.insert((self.generation, job.key()), job.selects());
        Some(job)
    }

    /// Notes what became of a call, and what that means for the source.
    pub fn note(&mut self, fault: Option<&Fault>, now: Moment) -> Option<Turn> {
        if fault.is_some_and(Fault::is_ours) {
            return None;
        }
        self.budget.note_call(now);
        let mut turn = self.breaker.note(fault.is_some_and(Fault::is_outage), now);
        match fault {
            Some(Fault::Limited(Some(wait)) | Fault::Status(_, Some(wait))) if *wait > LONGEST_WAIT => {
                turn = self.breaker.rest(*wait, now);
            }
            Some(Fault::Limited(Some(wait)) | Fault::Status(_, Some(wait))) => self.hold(*wait, now),
            _ => {}
        }
        if turn == Some(Turn::Opened) {
            self.give_up();
        }
        turn
    }

    /// What came could not be kept: it would not be any better of what is asked next.
    pub fn stumble(&mut self, now: Moment) {
        self.hold(STUMBLED, now);
        self.give_up();
    }

    /// Leaves the source alone for as long as it asks.
    fn hold(&mut self, wait: Duration, now: Moment) {
        let until = Moment(now.0.saturating_add(i64::try_from(wait.as_millis()).unwrap_or(i64::MAX)));
        self.held_until = self.held_until.max(Some(until));
    }

    fn is_held(&self, now: Moment) -> bool {
        self.held_until.is_some_and(|until| until > now)
    }

    /// How long it is still to be left alone.
    pub fn held_for(&self, now: Moment) -> Duration {
        let left = self.held_until.map_or(0, |until| until.0.saturating_sub(now.0));
        Duration::from_millis(u64::try_from(left).unwrap_or(0))
    }

    /// What waits is not asked: nothing would come of it.
    fn give_up(&mut self) {
        for job in std::mem::take(&mut self.waiting) {
            let key = job.key();
            for round in &mut self.rounds {
                round.failed += usize::from(round.outstanding.remove(&key));
                round.unkept.remove(&key);
            }
        }
        // With nothing under way nobody else would find out that they have ended.
        self.given_up.extend(self.rounds.extract_if(.., |round| round.unkept.is_empty()));
    }

    /// A question is answered. Gives the rounds that end with it, and those that were given up.
    pub fn settle(&mut self, job: &Job, failed: bool) -> Vec<Round> {
        let key = job.key();
        let mut ended = std::mem::take(&mut self.given_up);
        for round in &mut self.rounds {
            if round.outstanding.remove(&key) {
                round.failed += usize::from(failed);
                ended.extend(round.outstanding.is_empty().then(|| round.clone()));
            }
        }
        ended
    }

    /// And what came of it is kept: from here on it may be asked again, by whoever finds after this that
    /// it should be.
    pub fn finish(&mut self, generation: u64, job: &Job, now: Moment) {
        let key = job.key();
        self.in_flight.remove(&(generation, key));
        if self.in_flight.is_empty() {
            self.breaker.release(now);
        }
        if generation != self.generation {
            return;
        }
        for round in &mut self.rounds {
            // Somebody may have begun to wait for it since it was settled.
            round.outstanding.remove(&key);
            round.unkept.remove(&key);
        }
        self.rounds.retain(|round| !round.unkept.is_empty());
        self.finished.insert(key, now);
    }

    /// The source is another by now: what waits is not asked, and what was held against it is forgotten.
    pub fn renew(&mut self, settings: &Settings) {
        self.generation += 1;
        self.waiting.clear();
        self.rounds.clear();
        self.given_up.clear();
        self.breaker = Breaker::new(settings.breaker);
        self.held_until = None;
        self.finished.clear();
    }

    /// To be told when an answer comes: of which source it is.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// Questions that are being asked, and those that wait.
    pub fn depth(&self) -> (usize, usize) {
        (self.in_flight.len(), self.waiting.len())
    }

    /// The dashboards that are being loaded.
    pub fn rounds(&self) -> &[Round] {
        &self.rounds
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    fn feed() -> (Feed, Settings) {
        let settings = Settings::of(&Config::for_folder(std::path::Path::new(".")));
        let source = Source { id: Id::new(), base_url: String::new(), admin: None, open_until: None };
        let tenant = Tenant {
            key: 1,
            id: Id::new(),
            version: 1,
            slug: "t".into(),
            name: "T".into(),
            zone: "UTC".into(),
            currency: "GBP".into(),
            logo: None,
            due_ahead_days: None,
            custom: [].into(),
            choices: [].into(),
        };
        (Feed::new(source, Arc::new(tenant), &settings), settings)
    }

    fn job(n: u8, token: bool) -> Job {
        let workspace = Id::from_parts(i64::from(n), [n; 10]);
        let target = Target { workspace, upstream: i64::from(n), token: token.then(|| vec![1]) };
        Job::Piece(target, Piece::Month)
    }

    fn end(feed: &mut Feed, job: &Job, failed: bool, now: Moment) -> Vec<Round> {
        let ended = feed.settle(job, failed);
        feed.finish(feed.generation(), job, now);
        ended
    }

    fn at(s: i64) -> Moment {
        Moment(s * 1000)
    }

    /// D01, D04
    #[test]
    fn at_most_a_window_is_asked_and_nothing_twice() {
        let (mut feed, settings) = feed();
        let jobs = || (0..27).map(|n| job(n, true)).collect::<Vec<_>>();
        for _ in 0..5 {
            feed.enqueue(Some(Dashboard::Kpi), jobs(), at(0), at(0));
            feed.enqueue(Some(Dashboard::Revenue), jobs(), at(0), at(0));
        }
        let mut asked: VecDeque<Job> = std::iter::from_fn(|| feed.next(settings.window, at(1))).collect();
        assert_eq!(asked.len(), 5);
        let mut total = 5;
        while let Some(job) = asked.pop_front() {
            let ended = end(&mut feed, &job, false, at(2));
            assert_eq!(ended.len(), if total == 27 && asked.is_empty() { 2 } else { 0 });
            let next: Vec<Job> = std::iter::from_fn(|| feed.next(settings.window, at(2))).collect();
            assert_eq!(next.len(), usize::from(total < 27), "the next starts as one ends");
            total += next.len();
            asked.extend(next);
        }
        assert_eq!(total, 27);
        feed.enqueue(Some(Dashboard::Kpi), jobs(), at(1), at(3));
        assert!(feed.next(settings.window, at(3)).is_none(), "planned before they were answered");
        feed.enqueue(Some(Dashboard::Kpi), jobs(), at(3), at(3));
        assert!(feed.next(settings.window, at(3)).is_some());
    }

    #[test]
    fn what_is_looked_at_last_comes_first() {
        let (mut feed, settings) = feed();
        feed.enqueue(Some(Dashboard::Kpi), vec![job(1, true), job(2, true)], at(0), at(0));
        feed.enqueue(Some(Dashboard::Volume), vec![job(3, true), job(2, true)], at(0), at(0));
        let order: Vec<Key> = std::iter::from_fn(|| feed.next(settings.window, at(0))).map(|j| j.key()).collect();
        assert_eq!(order, [3, 2, 1].map(|n| job(n, true).key()));
    }

    #[test]
    fn without_tokens_of_their_own_workspaces_are_asked_one_after_the_other() {
        let (mut feed, settings) = feed();
        feed.enqueue(Some(Dashboard::Kpi), vec![job(1, false), job(2, false), job(3, true)], at(0), at(0));
        let first = feed.next(settings.window, at(0)).expect("one");
        let other = feed.next(settings.window, at(0)).expect("one with a token");
        assert_eq!((first.key(), other.key()), (job(1, false).key(), job(3, true).key()));
        assert!(feed.next(settings.window, at(0)).is_none());
        end(&mut feed, &first, false, at(0));
        assert_eq!(feed.next(settings.window, at(0)).map(|j| j.key()), Some(job(2, false).key()));
    }

    #[test]
    fn an_open_breaker_gives_up_what_waits_and_lets_one_ask() {
        let (mut feed, settings) = feed();
        feed.enqueue(Some(Dashboard::Kpi), (0..27).map(|n| job(n, true)).collect(), at(0), at(0));
        let asked: Vec<Job> = std::iter::from_fn(|| feed.next(settings.window, at(0))).collect();
        for job in &asked {
            feed.note(Some(&Fault::Timeout), at(1));
            let ended = end(&mut feed, job, true, at(1));
            assert_eq!(ended.first().map(|round| round.failed), (job.key() == asked[4].key()).then_some(27));
        }
        assert_eq!(feed.breaker.open_until(), Some(at(31)));
        feed.enqueue(Some(Dashboard::Kpi), (0..27).map(|n| job(n, true)).collect(), at(31), at(31));
        let probe = feed.next(settings.window, at(31)).expect("one");
        assert!(feed.next(settings.window, at(31)).is_none());
        assert_eq!(feed.note(None, at(32)), Some(Turn::Closed));
        end(&mut feed, &probe, false, at(32));
        assert_eq!(feed.ready(settings.window, at(32)), 5);
    }

    #[test]
    fn whoever_asks_to_be_left_alone_is() {
        let (mut feed, settings) = feed();
        feed.enqueue(Some(Dashboard::Kpi), (0..9).map(|n| job(n, true)).collect(), at(0), at(0));
        let first = feed.next(settings.window, at(0)).expect("one");
        feed.note(Some(&Fault::Limited(Some(Duration::from_secs(7)))), at(0));
        assert_eq!((feed.ready(settings.window, at(6)), feed.ready(settings.window, at(7))), (0, 4));
        // For longer than a call waits: then it is as if it failed, and that is said.
        let turn = feed.note(Some(&Fault::Limited(Some(Duration::from_secs(600)))), at(7));
        assert_eq!((turn, feed.breaker.open_until()), (Some(Turn::Opened), Some(at(607))));
        assert_eq!(end(&mut feed, &first, true, at(7)).first().map(|round| round.failed), Some(9));
        assert_eq!(feed.ready(settings.window, at(606)), 0);
    }

    #[test]
    fn a_round_that_only_waits_ends_when_it_is_given_up() {
        let (mut feed, settings) = feed();
        feed.enqueue(Some(Dashboard::Kpi), vec![job(1, true)], at(0), at(0));
        let asked = feed.next(1, at(0)).expect("one");
        feed.enqueue(Some(Dashboard::Volume), vec![job(2, true), job(3, true)], at(0), at(0));
        feed.stumble(at(1));
        let ended = end(&mut feed, &asked, true, at(1));
        let failed: Vec<_> = ended.iter().map(|round| (round.dashboard, round.failed, round.of)).collect();
        assert_eq!(failed, [(Dashboard::Volume, 2, 2), (Dashboard::Kpi, 1, 1)]);
        assert_eq!((feed.ready(settings.window, at(30)), feed.rounds().len()), (0, 0));
    }

    #[test]
    fn what_was_asked_of_another_source_is_under_way_and_counts_for_nothing() {
        let (mut feed, settings) = feed();
        let jobs = || (0..9).map(|n| job(n, false)).collect::<Vec<_>>();
        feed.enqueue(Some(Dashboard::Kpi), jobs(), at(0), at(0));
        let (old, asked) = (feed.generation(), feed.next(settings.window, at(0)).expect("one"));
        feed.renew(&settings);
        assert_ne!(feed.generation(), old);
        feed.enqueue(Some(Dashboard::Kpi), jobs(), at(1), at(1));
        assert!(feed.next(settings.window, at(1)).is_none(), "a workspace is selected at the service");
        feed.finish(old, &asked, at(2));
        assert_eq!(feed.next(settings.window, at(2)).map(|job| job.key()), Some(asked.key()), "it is asked anew");
        assert_eq!(feed.rounds()[0].done(), 0);
    }

    #[test]
    fn a_clock_that_is_set_back_makes_nothing_look_answered() {
        let (mut feed, settings) = feed();
        feed.enqueue(Some(Dashboard::Kpi), vec![job(1, true)], at(9_000), at(9_000));
        let asked = feed.next(settings.window, at(9_000)).expect("one");
        end(&mut feed, &asked, false, at(9_001));
        feed.enqueue(Some(Dashboard::Kpi), vec![job(1, true)], at(5_400), at(5_400));
        assert!(feed.next(settings.window, at(5_400)).is_some());
    }
}
