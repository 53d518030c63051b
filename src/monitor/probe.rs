//! What the kernel and the allocator say of this process and its disk.

use std::os::linux::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sysinfo::{Process, ProcessRefreshKind, ProcessesToUpdate, System};
use tikv_jemalloc_ctl::{epoch, stats};

/// The unit of processor time in `/proc`: user space sees hundredths of a second on every Linux.
const TICK: Duration = Duration::from_millis(10);

/// Memory of this process in bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Memory {
    /// What it occupies of the machine.
    pub resident: u64,
    /// What is in use, by the allocator's count; SQLite's pages are part of it.
    pub allocated: u64,
    /// What the allocator needs for itself.
    pub metadata: u64,
}

pub fn memory() -> Memory {
    // The allocator's figures stand still until its clock is moved on.
    let known = epoch::advance().is_ok();
    let told = |figure: Result<usize, tikv_jemalloc_ctl::Error>| figure.ok().filter(|_| known).unwrap_or(0) as u64;
    Memory {
        resident: std::fs::read_to_string("/proc/self/status").ok().and_then(|s| resident_in(&s)).unwrap_or(0),
        allocated: told(stats::allocated::read()),
        metadata: told(stats::metadata::read()),
    }
}

/// `VmRSS:    24320 kB` of `/proc/self/status`; in `statm` it would be in pages, whose size differs.
fn resident_in(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kib| kib * 1024)
}

/// The memory that this process may use: of its control group or of the machine, whichever is less.
pub fn memory_limit() -> u64 {
    let Ok(mut system) = System::new() else { return 0 };
    system.refresh_memory();
    let machine = system.total_memory();
    let Ok(pid) = sysinfo::get_current_pid() else { return machine };
    system.refresh_processes_specifics(ProcessesToUpdate::Some(&[pid]), false, ProcessRefreshKind::nothing());
    let group = system.process(pid).and_then(Process::cgroup_limits).map(|limits| limits.total_memory);
    group.filter(|group| *group > 0).map_or(machine, |group| group.min(machine))
}

/// Processor time that this process has used, of all its threads.
pub fn processor_time() -> Option<Duration> {
    processor_time_in(&std::fs::read_to_string("/proc/self/stat").ok()?)
}

/// User and system time: the 14th and the 15th field. The second, the name, may hold spaces.
fn processor_time_in(stat: &str) -> Option<Duration> {
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<u32>().ok();
    let (user, system) = (ticks()?, ticks()?);
    Some(TICK * user.saturating_add(system))
}

/// Processors that this process may use.
pub fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// The disk under a folder, as far as the kernel tells: behind some file systems there is none.
pub fn disk_of(folder: &Path) -> Option<PathBuf> {
    let device = std::fs::metadata(folder).ok()?.st_dev();
    let (major, minor) = (rustix::fs::major(device), rustix::fs::minor(device));
    let path = PathBuf::from(format!("/sys/dev/block/{major}:{minor}/stat"));
    path.exists().then_some(path)
}

/// For how long the disk has been at work since the machine was started.
pub fn disk_time(stat: &Path) -> Option<Duration> {
    disk_time_in(&std::fs::read_to_string(stat).ok()?)
}

/// `io_ticks`, the 10th field, in milliseconds.
fn disk_time_in(stat: &str) -> Option<Duration> {
    stat.split_whitespace().nth(9)?.parse().ok().map(Duration::from_millis)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernels_files_are_read() {
        assert_eq!(resident_in("Name:\tlarder\nVmRSS:\t   24320 kB\nThreads:\t9\n"), Some(24_903_680));
        let stat = "42 (lar der) 1) S 1 42 42 0 -1 4194560 9 0 0 0 150 50 0 0 20 0 9 0 1 2 3";
        assert_eq!(processor_time_in(stat), Some(Duration::from_secs(2)));
        assert_eq!(disk_time_in("  1 2 3 4 5 6 7 8 0 1234 9 0 0"), Some(Duration::from_millis(1234)));
        assert_eq!(processor_time_in("rubbish"), None);
    }

    #[test]
    fn this_process_occupies_memory_and_is_allowed_more() {
        let resident = memory().resident;
        assert!(resident > 0 && resident < memory_limit(), "{resident} of {}", memory_limit());
        assert!(processor_time().is_some());
    }
}
