//! What to do about a folder that cannot be opened: the words for whoever stands before it.

use std::path::Path;

use crate::kernel::{Error, Result};

use super::fault::DAMAGED;
use super::{FILE, backup, retention, verify};

/// Says what is wrong with a folder and, where a backup helps, which command restores it.
pub fn explain(folder: &Path, error: Error) -> Error {
    let file = folder.join(FILE);
    match error.code() {
        DAMAGED => Error::conflict(DAMAGED, format!("{} is damaged. {}", file.display(), way_out(folder))),
        "not_larder" => Error::conflict("not_larder", format!("{error} If it was one: {}", way_out(folder))),
        "disk_full" => {
            let message = format!("The disk that holds {} is full. Free some space, then try again.", folder.display());
            Error::busy("disk_full", message)
        }
        _ => error,
    }
}

/// Refuses a folder whose database has gone while its backups are still there: a new one in its
/// place would look like the loss of everything, and push those backups out one by one.
pub fn refuse_emptied(folder: &Path) -> Result<()> {
    let is_empty = std::fs::metadata(folder.join(FILE)).map_or(true, |file| file.len() == 0);
    let backups = folder.join(backup::FOLDER);
    if !is_empty || retention::backups(&backups)?.is_empty() {
        return Ok(());
    }
    let message = format!(
        "The database in {} is gone, though there are backups of it. {} To begin anew, move {} away.",
        folder.display(),
        way_out(folder),
        backups.display()
    );
    Err(Error::conflict("database_gone", message))
}

/// The command that leads out of a damaged database: it restores the newest backup that is still sound.
pub fn way_out(folder: &Path) -> String {
    let backups = folder.join(backup::FOLDER);
    let all = retention::backups(&backups).unwrap_or_default();
    let sound = all.into_iter().map(|(_, path)| path).find(|path| verify::verify(path).is_ok_and(|r| r.is_sound()));
    let name = folder.file_name().map_or("larder".into(), |name| name.to_string_lossy());
    let new = typed(&folder.with_file_name(format!("{name}-restored")));
    match sound {
        Some(backup) => format!("Stop the server and run: larder restore {} --data {new}", typed(&backup)),
        None => format!(
            "There is no sound backup in {}. If you keep one elsewhere, run: larder restore BACKUP --data {new}",
            backups.display()
        ),
    }
}

/// A path as it can be typed into a shell.
fn typed(path: &Path) -> String {
    let text = path.to_string_lossy();
    let plain = |c: char| c.is_alphanumeric() || "/._-".contains(c);
    if text.chars().all(plain) { text.into_owned() } else { format!("'{}'", text.replace('\'', "'\\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_quoted_where_a_shell_would_take_it_apart() {
        assert_eq!(typed(Path::new("/var/lib/larder/x-1.db")), "/var/lib/larder/x-1.db");
        assert_eq!(typed(Path::new("/home/ada's data")), "'/home/ada'\\''s data'");
    }

    #[test]
    fn backups_without_their_database_are_not_begun_anew() {
        let folder = tempfile::tempdir().expect("a folder");
        refuse_emptied(folder.path()).expect("a new folder");
        let backups = folder.path().join("backups");
        std::fs::create_dir(&backups).expect("made");
        std::fs::write(backups.join("larder-20261121T093000Z.db"), "half of one").expect("written");
        let refused = refuse_emptied(folder.path()).expect_err("refused").to_string();
        assert!(refused.contains("no sound backup"), "{refused}");
    }
}
