//! How full the memory is, and what is given up for it, step by step, until it is less.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Weak};
use std::thread::JoinHandle;
use std::time::Duration;

use parking_lot::Mutex;
use sysinfo::{Pid, ProcessRefreshKind, ProcessesToUpdate, System};

use crate::kernel::{Error, Moment, Result};

use super::Cache;

/// A process can be moved between control groups, and a host can be resized.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// A step is taken back once so many points less of the memory are used than it took to get there.
const SLACK: u64 = 5;

/// What is done about memory. Each step includes those before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pressure {
    #[default]
    None,
    /// At 80 %: what is set aside shrinks.
    Aside,
    /// At 85 %: what is at hand shrinks too.
    Hot,
    /// At 90 %: nothing is kept, and imports, exports and reports are refused.
    Heavy,
}

const STEPS: [(Pressure, u64); 3] = [(Pressure::Aside, 80), (Pressure::Hot, 85), (Pressure::Heavy, 90)];

impl Pressure {
    /// The step for so many hundredths of the memory, coming from this one.
    fn next(self, percent: u64) -> Self {
        let up = STEPS.iter().rev().find(|(_, at)| percent >= *at).map_or(Self::None, |(step, _)| *step);
        let kept = STEPS.iter().rev().find(|(step, at)| *step <= self && percent + SLACK >= *at);
        up.max(kept.map_or(Self::None, |(step, _)| *step))
    }

    pub fn as_str(self) -> &'static str {
        ["none", "aside", "hot", "heavy"][self as usize]
    }

    /// What the tiers may hold, in hundredths of their budgets.
    fn shares(self) -> [u64; 3] {
        match self {
            Self::None => [100, 100, 100],
            Self::Aside => [100, 25, 25],
            Self::Hot => [25, 10, 10],
            Self::Heavy => [10, 1, 1],
        }
    }
}

/// The latest steps that are remembered.
const EVENTS: usize = 20;

/// A step that was taken, up or down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PressureEvent {
    pub at: Moment,
    pub step: Pressure,
    /// Bytes.
    pub used: u64,
    pub limit: u64,
}

/// The memory of this process, as it was seen last.
#[derive(Debug, Default)]
pub struct Memory {
    used: AtomicU64,
    limit: AtomicU64,
    step: AtomicU8,
    /// Newest first.
    events: Mutex<VecDeque<PressureEvent>>,
}

impl Memory {
    /// Resident bytes.
    pub fn used(&self) -> u64 {
        self.used.load(Relaxed)
    }

    /// The bytes that may be used: what was set, else what the control group or the host has.
    pub fn limit(&self) -> u64 {
        self.limit.load(Relaxed)
    }

    pub fn percent(&self) -> u64 {
        self.used() * 100 / self.limit().max(1)
    }

    pub fn pressure(&self) -> Pressure {
        [Pressure::None, Pressure::Aside, Pressure::Hot, Pressure::Heavy][usize::from(self.step.load(Relaxed) & 3)]
    }

    /// Whether there is room for work that takes much of it.
    ///
    /// # Errors
    /// `memory_full` (503) at the last step.
    pub fn check_heavy(&self) -> Result<()> {
        match self.pressure() {
            Pressure::Heavy => Err(Error::busy(
                "memory_full",
                "The server's memory is nearly full, so it takes on no imports, exports or reports just now. Try again in a minute.",
            )),
            _ => Ok(()),
        }
    }

    /// Takes in what was measured, and says when that changes the step.
    pub fn note(&self, used: u64, limit: u64, at: Moment) -> Option<Pressure> {
        self.used.store(used, Relaxed);
        self.limit.store(limit, Relaxed);
        let (now, next) = (self.pressure(), self.pressure().next(self.percent()));
        self.step.store(next as u8, Relaxed);
        if now == next {
            return None;
        }
        let mut events = self.events.lock();
        events.push_front(PressureEvent { at, step: next, used, limit });
        events.truncate(EVENTS);
        Some(next)
    }

    /// The latest steps, newest first.
    pub fn events(&self) -> Vec<PressureEvent> {
        self.events.lock().iter().copied().collect()
    }
}

/// Looks at the memory every second and does what it asks for, until the cache is dropped.
///
/// # Errors
/// When there is no thread for it.
pub fn watch_memory(cache: &Arc<Cache>, memory: &Arc<Memory>, limit_mb: u64) -> Result<JoinHandle<()>> {
    let (cache, memory) = (Arc::downgrade(cache), Arc::clone(memory));
    let mut system = System::new().map_err(Error::internal)?;
    // Once here, so that nobody ever sees a limit of nothing.
    look(&mut system, &cache, &memory, limit_mb);
    let watch = move || {
        while look(&mut system, &cache, &memory, limit_mb).is_some() {
            std::thread::sleep(LOOK_EVERY);
        }
    };
    std::thread::Builder::new().name("larder-memory".into()).spawn(watch).map_err(Error::internal)
}

fn look(system: &mut System, cache: &Weak<Cache>, memory: &Memory, limit_mb: u64) -> Option<()> {
    let cache = cache.upgrade()?;
    let (used, limit) = measure(system, limit_mb);
    let step = memory.note(used, limit, Moment::now());
    if let Some(step) = step {
        tracing::warn!(used_mb = used >> 20, limit_mb = limit >> 20, step = step.as_str(), "memory pressure");
    }
    if cache.fit(limit) || step.is_some() {
        cache.shrink(memory.pressure().shares());
    }
    cache.tend();
    Some(())
}

/// Resident bytes and the limit: the smaller of the host's memory and the control group's.
fn measure(system: &mut System, limit_mb: u64) -> (u64, u64) {
    let me = Pid::from_u32(std::process::id());
    system.refresh_processes_specifics(
        ProcessesToUpdate::Some(&[me]),
        false,
        ProcessRefreshKind::nothing().with_memory(),
    );
    let process = system.process(me);
    let used = process.map_or(0, sysinfo::Process::memory);
    if limit_mb > 0 {
        return (used, limit_mb << 20);
    }
    system.refresh_memory();
    let group = process_group(system, me);
    (used, group.unwrap_or(u64::MAX).min(system.total_memory()))
}

fn process_group(system: &System, me: Pid) -> Option<u64> {
    system.process(me)?.cgroup_limits().map(|limits| limits.total_memory).filter(|total| *total > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_taken_up_at_once_and_down_with_slack() {
        let mut step = Pressure::None;
        let mut at = |percent| {
            step = step.next(percent);
            step
        };
        assert_eq!(at(79), Pressure::None);
        assert_eq!(at(80), Pressure::Aside);
        assert_eq!(at(91), Pressure::Heavy);
        assert_eq!(at(86), Pressure::Heavy);
        assert_eq!(at(84), Pressure::Hot);
        assert_eq!(at(79), Pressure::Aside);
        assert_eq!(at(76), Pressure::Aside);
        assert_eq!(at(74), Pressure::None);
    }

    #[test]
    fn heavy_work_is_refused_while_memory_is_nearly_full() {
        let memory = Memory::default();
        assert_eq!(memory.note(95, 100, Moment(1)), Some(Pressure::Heavy));
        assert_eq!(memory.check_heavy().expect_err("refused").code(), "memory_full");
        assert_eq!(memory.note(50, 100, Moment(2)), Some(Pressure::None));
        memory.check_heavy().expect("room again");
        assert_eq!(memory.note(51, 100, Moment(3)), None);
        let events: Vec<_> = memory.events().iter().map(|event| (event.at, event.step, event.used)).collect();
        assert_eq!(events, [(Moment(2), Pressure::None, 50), (Moment(1), Pressure::Heavy, 95)]);
    }

    #[test]
    fn what_is_measured_is_this_process() {
        let mut system = System::new().expect("a look at the system");
        let (used, limit) = measure(&mut system, 0);
        assert!(used > 1 << 20 && limit > used, "{used} of {limit}");
        assert_eq!(measure(&mut system, 512).1, 512 << 20);
    }
}
