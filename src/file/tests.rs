//! The store of files: what a crash leaves, what a backup carries, what a check finds.

use tempfile::TempDir;

use super::*;
use crate::db::{Change, Options, Value};

struct House {
    folder: TempDir,
    files: Files,
    db: std::sync::Arc<Db>,
    tenant: Id,
}

fn house() -> House {
    let folder = tempfile::tempdir().expect("a folder");
    let db = Db::open(folder.path(), Options::default()).expect("a database");
    let tenant = Id::new();
    let mut change = Change::new();
    change.push(
        "INSERT INTO tenants(id, slug, name, zone, currency, created_at, updated_at) VALUES (?1, 'a', 'A', 'UTC', 'EUR', 1, 1)",
        vec![tenant.into()],
    );
    db.write(change).wait().expect("written");
    let files = Files::new(folder.path());
    House { folder, files, db, tenant }
}

impl House {
    fn attach(&self, bytes: &[u8]) -> String {
        let sha256 = self.files.keep_bytes(self.tenant, bytes).expect("kept");
        let mut change = Change::new();
        change.push(
            "INSERT INTO attachments(id, tenant_id, created_at, updated_at, name, sha256, about_kind, about_id)
             SELECT ?1, seq, 1, 1, 'a', ?2, 'sites', ?1 FROM tenants",
            vec![Id::new().into(), sha256.as_str().into()],
        );
        self.db.write(change).wait().expect("written");
        sha256
    }
    fn forget(&self, sha256: &str) {
        let mut change = Change::new();
        change.push("DELETE FROM attachments WHERE sha256 = ?1", vec![Value::from(sha256)]);
        self.db.write(change).wait().expect("written");
    }
    fn backups(&self) -> PathBuf {
        self.folder.path().join("backups")
    }
    fn back_up(&self, now: Moment) {
        back_up(self.folder.path(), &self.backups(), now).expect("backed up");
    }
}

fn in_days(days: i64) -> Moment {
    Moment::now().plus_s(days * 24 * 3600)
}

/// How many files a store holds.
fn count(folder: &Path) -> usize {
    let mut count = 0;
    let mut add = |_: Id, _: &str, _: &Path| {
        count += 1;
        Ok(())
    };
    each(folder, &mut add).expect("a store");
    count
}

#[test]
fn what_a_crash_left_goes_after_a_day_and_what_a_row_names_stays() {
    let house = house();
    house.attach(b"wanted");
    house.files.keep_bytes(house.tenant, b"an orphan").expect("kept");
    house.files.keep_bytes(house.tenant, b"an orphan").expect("kept");
    assert_eq!(house.files.sweep(&house.db, in_days(0)).expect("swept"), 0);
    assert_eq!(house.files.sweep(&house.db, in_days(2)).expect("swept"), 1);
    assert_eq!(count(&folder(house.folder.path())), 1);
}

#[test]
fn nothing_but_a_digest_names_a_file() {
    let house = house();
    for name in ["", "../../larder.db", &"A".repeat(64), &"z".repeat(64)] {
        assert!(house.files.open(house.tenant, name).expect("looked").is_none(), "{name}");
    }
    let sha256 = house.attach(b"wanted");
    assert!(house.files.open(house.tenant, &sha256).expect("looked").is_some());
    assert!(house.files.open(Id::new(), &sha256).expect("looked").is_none(), "another tenant's");
}

#[test]
fn backups_share_one_store_and_keep_what_their_oldest_refers_to() {
    let house = house();
    let (stays, goes) = (house.attach(b"stays"), house.attach(b"goes"));
    let made = house.db.backup_into(&house.backups()).wait().expect("a backup");
    house.back_up(in_days(0));
    assert_eq!(verify(&made.path).expect("verified").files, 2);
    assert_eq!(count(&folder(&house.backups())), 2);

    house.forget(&goes);
    assert_eq!(house.files.sweep(&house.db, in_days(2)).expect("swept"), 1);
    house.back_up(in_days(2));
    house.back_up(in_days(3));
    assert_eq!(count(&folder(&house.backups())), 2, "the backup of today still refers to it");
    fs::remove_file(&made.path).expect("removed");
    house.back_up(in_days(4));
    assert_eq!(count(&folder(&house.backups())), 1);
    assert!(house.files.open(house.tenant, &stays).expect("looked").is_some());
}

#[test]
fn a_backup_is_restored_with_its_files_and_damage_is_found() {
    let house = house();
    let (first, second) = (house.attach(b"first"), house.attach(b"second"));
    let made = house.db.backup_into(&house.backups()).wait().expect("a backup");
    house.back_up(in_days(0));
    let outer = tempfile::tempdir().expect("a folder");
    let carried = outer.path().join("copy.db");
    fs::copy(&made.path, &carried).expect("copied");
    assert_eq!(carry(&made.path, &carried).expect("carried").files, 2);
    assert_eq!(verify(&carried).expect("verified").complaints, [""; 0]);

    let store = carried.with_extension("files").join(house.tenant.to_string());
    fs::write(place(&store, &first).expect("a place"), b"other").expect("written");
    fs::remove_file(place(&store, &second).expect("a place")).expect("removed");
    let mut found = verify(&carried).expect("verified").complaints;
    found.sort();
    let mut expected = [format!("the file {first} is not what it was"), format!("the file {second} is missing")];
    expected.sort();
    assert_eq!(found, expected);

    let data = outer.path().join("new");
    let restored = restore(&made.path, &data).expect("restored");
    assert_eq!((restored.files, restored.bytes, restored.complaints.len()), (2, 11, 0));
    assert_eq!(count(&folder(&data)), 2);
}
