//! What is looked at before a folder is opened: whose it is, where it lies, whether there is room.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use crate::kernel::{Error, Result};

/// Less free space than this is worth a warning.
const LITTLE_SPACE: u64 = 200 << 20;

/// File systems on which SQLite's write-ahead log loses data: other machines do not see its shared
/// memory, and locks are promises.
const NETWORK: [&str; 21] = [
    "9p",
    "afs",
    "beegfs",
    "ceph",
    "cifs",
    "coda",
    "fuse",
    "gfs2",
    "glusterfs",
    "gpfs",
    "lustre",
    "ncpfs",
    "nfs",
    "nfs4",
    "ocfs2",
    "orangefs",
    "pvfs2",
    "smb2",
    "smb3",
    "smbfs",
    "vboxsf",
];

/// File systems in user space that keep their files on this machine; any other may be on a network.
const LOCAL_FUSE: [&str; 4] = ["fuse.fuse-overlayfs", "fuse.ntfs-3g", "fuse.exfat", "fuse.ext4"];

/// Makes the folder where it is missing, for nobody but its owner.
pub fn make_folder(folder: &Path) -> Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(|error| Error::file(folder, &error))
}

/// Makes an empty database file where there is none, for nobody but its owner: SQLite gives the
/// files beside it the same permissions. A file that is something else is refused.
pub fn make_file(file: &Path) -> Result<()> {
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(file) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => is_database(file),
        Err(error) => Err(Error::file(file, &error)),
    }
}

/// Reads the first bytes. Never called while the database is open: closing the file again would
/// drop the locks of the whole process.
pub fn is_database(file: &Path) -> Result<()> {
    let mut start = Vec::new();
    let read = File::open(file).and_then(|f| f.take(16).read_to_end(&mut start));
    match read {
        Err(error) if error.kind() == ErrorKind::NotFound => Err(Error::NotFound(Box::new(crate::kernel::Detail {
            code: "no_database",
            message: format!("There is no Larder database at {}.", file.display()).into(),
            ..Default::default()
        }))),
        Err(error) => Err(Error::file(file, &error)),
        Ok(0) => Ok(()),
        Ok(_) if start == b"SQLite format 3\0" => Ok(()),
        Ok(_) => Err(Error::conflict("not_larder", format!("{} is not a Larder database.", file.display()))),
    }
}

/// Holds the folder for this process. The lock goes with the file, also when the process is killed.
pub fn lock(folder: &Path) -> Result<File> {
    let path = folder.join("larder.lock");
    let file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(&path)
        .map_err(|error| Error::file(&path, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::conflict(
            "folder_in_use",
            format!("Another Larder is running on {}. Stop it first, or use another folder.", folder.display()),
        )),
        Err(TryLockError::Error(error)) => Err(Error::file(&path, &error)),
    }
}

/// Refuses a folder on a network file system.
pub fn refuse_network(folder: &Path) -> Result<()> {
    file_system(folder).map_or(Ok(()), |kind| judge(folder, &kind))
}

/// What is to be said of a folder on a file system of this kind.
fn judge(folder: &Path, kind: &str) -> Result<()> {
    if !is_network(kind) {
        return Ok(());
    }
    let message = format!(
        "{} lies on a network file system ({kind}), which corrupts databases. Use a folder on a local disk, or set \
         data.allow_network and take the risk.",
        folder.display()
    );
    Err(Error::conflict("network_file_system", message))
}

/// Warns of things that are not wrong yet.
pub fn warn(folder: &Path) {
    if let Some(free) = free_space(folder).filter(|free| *free < LITTLE_SPACE) {
        tracing::warn!(free_mb = free >> 20, folder = %folder.display(), "little disk space is left");
    }
    let open_to_others = std::fs::metadata(folder).is_ok_and(|m| m.permissions().mode() & 0o007 != 0);
    if open_to_others {
        tracing::warn!(folder = %folder.display(), "other users of this machine can look into the folder; chmod 700 it");
    }
}

/// Bytes that may still be written where the folder lies, by those who have no reserve of their own.
pub fn free_space(folder: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(folder).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

/// The type of file system that a folder lies on, as the kernel names it.
pub fn file_system(folder: &Path) -> Option<String> {
    let folder = folder.canonicalize().ok()?;
    mounted_at(&std::fs::read_to_string("/proc/self/mountinfo").ok()?, &folder)
}

/// Finds the mount nearest above a path. A line reads `36 35 98:0 /root /mount options [tags] - type source …`.
fn mounted_at(mountinfo: &str, path: &Path) -> Option<String> {
    let mounts = mountinfo.lines().filter_map(|line| {
        let (place, kind) = line.split_once(" - ")?;
        // The kernel writes a space in a path as \040.
        let at = PathBuf::from(place.split(' ').nth(4)?.replace("\\040", " "));
        path.starts_with(&at).then_some((at.components().count(), kind.split(' ').next()?))
    });
    // Of two mounts at one place the later hides the earlier.
    mounts.max_by_key(|(depth, _)| *depth).map(|(_, kind)| kind.to_owned())
}

fn is_network(kind: &str) -> bool {
    NETWORK.contains(&kind) || kind.starts_with("fuse.") && !LOCAL_FUSE.contains(&kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "\
22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
30 22 0:40 / /home rw,relatime shared:5 - cifs //server/share rw
31 22 0:41 / /mnt/my\\040disk rw - fuse.sshfs host:/ rw
32 22 0:42 / /mnt/usb rw - fuseblk /dev/sdb1 rw
33 30 254:1 / /home/local rw - xfs /dev/vdb rw";

    #[test]
    fn the_nearest_mount_above_a_folder_counts() {
        let kind = |path: &str| mounted_at(MOUNTS, Path::new(path)).expect("mounted somewhere");
        assert_eq!(kind("/var/lib/larder"), "ext4");
        assert_eq!(kind("/home/site/data"), "cifs");
        assert_eq!(kind("/home/local/data"), "xfs");
        assert_eq!(kind("/homestead"), "ext4");
        assert_eq!(kind("/mnt/my disk/data"), "fuse.sshfs");
    }

    #[test]
    fn only_disks_of_this_machine_will_do() {
        let judge = |kind| judge(Path::new("/srv/larder"), kind);
        for kind in ["nfs", "nfs4", "cifs", "smb2", "smb3", "9p", "fuse.sshfs", "fuse.rclone", "fuse.blobfuse2", "fuse"]
        {
            let refused = judge(kind).expect_err(kind);
            assert_eq!(refused.code(), "network_file_system");
            let refused = refused.to_string();
            for said in ["/srv/larder", kind, "local disk", "data.allow_network"] {
                assert!(refused.contains(said), "{refused}");
            }
        }
        for kind in ["ext4", "xfs", "btrfs", "zfs", "overlay", "tmpfs", "fuseblk", "fuse.fuse-overlayfs"] {
            judge(kind).expect(kind);
        }
    }

    #[test]
    fn a_folder_is_for_one_server_at_a_time() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = lock(folder.path()).expect("free");
        assert_eq!(lock(folder.path()).expect_err("taken").code(), "folder_in_use");
        drop(first);
        lock(folder.path()).expect("free again");
    }

    #[test]
    fn what_is_created_is_for_its_owner_alone() {
        let outer = tempfile::tempdir().expect("a folder");
        let folder = outer.path().join("a/b");
        make_folder(&folder).expect("made");
        make_file(&folder.join("larder.db")).expect("made");
        let mode = |path: &Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
        assert_eq!(mode(&folder), 0o700);
        assert_eq!(mode(&folder.join("larder.db")), 0o600);
        assert!(free_space(&folder).is_some_and(|free| free > 0));
        std::fs::write(folder.join("larder.db"), "a letter to grandmother").expect("written");
        assert_eq!(make_file(&folder.join("larder.db")).expect_err("refused").code(), "not_larder");
    }
}
