//! Which backups are kept: the newest of each of the last hours, and the newest of each of the last days.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crate::kernel::{Error, Moment, Result};

use super::backup;

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// The backups in a folder, newest first. Files with other names are not ours to count or remove.
pub fn backups(folder: &Path) -> Result<Vec<(Moment, PathBuf)>> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Error::internal(error)),
    };
    let mut found: Vec<_> = entries
        .filter_map(|entry| {
            let entry = entry.ok()?;
            Some((backup::moment(entry.file_name().to_str()?)?, entry.path()))
        })
        .collect();
    found.sort_by(|a, b| b.cmp(a));
    Ok(found)
}

/// Removes the backups that are no longer needed and gives their paths. The newest always stays.
pub fn retain(folder: &Path, hourly: usize, daily: usize) -> Result<Vec<PathBuf>> {
    let backups = backups(folder)?;
    let moments: Vec<_> = backups.iter().map(|(at, _)| *at).collect();
    let kept = kept(&moments, hourly, daily);
    let mut removed = Vec::new();
    for (at, path) in backups {
        if !kept.contains(&at) {
            std::fs::remove_file(&path).map_err(Error::internal)?;
            removed.push(path);
        }
    }
    Ok(removed)
}

/// Of moments, newest first, those of the newest backup in each of the `hourly` latest hours and
/// `daily` latest days that have one. Hours without the server running do not use up a place.
fn kept(newest_first: &[Moment], hourly: usize, daily: usize) -> HashSet<Moment> {
    let mut kept: HashSet<_> = newest_first.first().copied().into_iter().collect();
    for (length, most) in [(HOUR, hourly), (DAY, daily)] {
        let mut seen = HashSet::new();
        for at in newest_first {
            if seen.len() < most && seen.insert(at.0.div_euclid(length)) {
                kept.insert(*at);
            }
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_of_hourly_backups_leaves_a_day_and_a_week() {
        let last = Moment::parse("2026-11-21T12:30:00Z").expect("a moment");
        let moments: Vec<_> = (0..30 * 24).map(|hours| last.plus_s(-3600 * hours)).collect();
        let kept = kept(&moments, 24, 7);
        // 24 hours reach into yesterday; the other five days keep their last backup.
        assert_eq!(kept.len(), 24 + 5);
        assert!(kept.contains(&last));
        assert!(kept.contains(&Moment::parse("2026-11-15T23:30:00Z").expect("a moment")));
    }

    #[test]
    fn names_carry_their_moment() {
        let at = Moment::parse("2026-11-21T09:30:00Z").expect("a moment");
        assert_eq!(backup::name(at), "larder-20261121T093000Z.db");
        assert_eq!(backup::moment("larder-20261121T093000Z.db"), Some(at));
        for other in [
            "before-0003-20261121T093000Z.db",
            "larder.db",
            "larder-20261121T093000Z.db.partial",
            "larder-2026112éT09300Z.db",
        ] {
            assert_eq!(backup::moment(other), None, "{other}");
        }
    }

    #[test]
    fn other_files_are_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let names = [
            "before-0003-20200101T000000Z.db",
            "larder-20200101T000000Z.db",
            "larder-20260101T000000Z.db",
            "notes.txt",
        ];
        for name in names {
            std::fs::write(folder.path().join(name), "").expect("written");
        }
        let removed = retain(folder.path(), 1, 1).expect("retained");
        assert_eq!(removed, [folder.path().join("larder-20200101T000000Z.db")]);
        assert!(folder.path().join("notes.txt").exists());
    }
}
