//! Copies a file so that it is there whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use crate::kernel::{Error, Result};

/// Copies to a name that is free; what fails leaves nothing behind. The copy is its owner's alone.
pub fn whole(from: &Path, to: &Path) -> Result<()> {
    let partial = partial(to);
    let done = write(from, &partial).and_then(|()| fs::rename(&partial, to)).and_then(|()| sync_folder(to));
    if done.is_err() {
        let _ = fs::remove_file(&partial);
    }
    done.map_err(|error| match Error::file(to, &error) {
        Error::Internal(_) => {
            Error::conflict("not_copied", format!("{} cannot be copied to {}: {error}.", from.display(), to.display()))
        }
        plain => plain,
    })
}

fn partial(to: &Path) -> PathBuf {
    let name = to.file_name().unwrap_or_default().to_string_lossy();
    to.with_file_name(format!(".{name}.partial"))
}

fn write(from: &Path, partial: &Path) -> io::Result<()> {
    let mut source = File::open(from)?;
    let mut target = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(partial)?;
    io::copy(&mut source, &mut target)?;
    target.sync_all()
}

/// The new name is on disk only when its folder is.
fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}
