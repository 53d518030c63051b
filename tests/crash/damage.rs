//! A damaged database: what is wrong is said, and the command that is printed leads out of it.

use std::fs;
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::client::{Client, sign_in};
use crate::shell::{Said, Server, done, run, set_up};

/// What happens to the file, and what is said of it.
type Damage = (&'static str, fn(&Path));

const DAMAGES: [Damage; 4] = [
    ("is damaged", |file| cut(file, 3)),
    ("is not a Larder database", |file| fs::write(file, "a letter to grandmother").expect("written")),
    ("is not a Larder database", |file| overwrite(file, 0)),
    ("is gone", |file| fs::write(file, "").expect("emptied")),
];

#[test]
fn what_is_wrong_is_named_with_a_command_that_helps() {
    for (wrong, damage) in DAMAGES {
        let outer = tempfile::tempdir().expect("a folder");
        let data = outer.path().join("ada's data");
        set_up(&data);
        let sound = back_up(&data);
        done(&data, &["tenant", "create", "Second Floor"]);
        cut(&back_up(&data), 2);
        let file = data.join("larder.db");
        damage(&file);
        let left = fs::read(&file).expect("read");
        for args in [&["serve", "--listen", "127.0.0.1:0"][..], &["doctor"]] {
            let said = run(&data, args);
            let text = format!("{}{}", said.out, said.err);
            assert!(said.code == 1 && text.contains(wrong) && !text.contains("internal"), "{args:?}: {text}");
            assert!(text.contains(sound.file_name().expect("a name").to_str().expect("text")), "{args:?}: {text}");
        }
        assert_eq!(fs::read(&file).expect("read"), left, "what may still be rescued was changed");

        let said = run(&data, &["doctor"]);
        follow(&said);
        let restored = outer.path().join("ada's data-restored");
        assert_eq!(done(&restored, &["tenant", "list"]).lines().count(), 1);
        Server::start(&restored, &[], "data lies in").stop();
    }
}

#[test]
fn a_page_that_was_flipped_is_met_and_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    set_up(data);
    back_up(data);
    let file = data.join("larder.db");
    let page = {
        let database = Connection::open(&file).expect("opened");
        let root = "SELECT rootpage FROM sqlite_schema WHERE name = 'companies'";
        database.query_row(root, [], |row| row.get::<_, u32>(0)).expect("a page")
    };
    overwrite(&file, (u64::from(page) - 1) * 4096);
    let said = run(data, &["doctor"]);
    assert!(
        said.code == 1 && said.out.contains("It is damaged") && said.out.contains("larder restore"),
        "{}",
        said.out
    );

    let server = Server::start(data, &[], "data lies in");
    let client = Client::new(&server.url, &sign_in(&server.url));
    let refused = client.create("Acme").expect("an answer");
    assert!(refused.status == 503 && refused.body["code"] == "damaged", "{refused:?}");
    assert_eq!(client.get("contacts").expect("an answer").status, 200, "what is not damaged is served");
    let well = ureq::get(format!("{}/healthz", server.url)).config().http_status_as_error(false).build();
    assert_eq!(well.call().expect("an answer").status(), 503);
    let before = fs::read_dir(data.join("backups")).expect("a folder").count();
    let said = run(data, &["backup"]);
    assert!(said.code == 1 && said.err.contains("damaged"), "{}", said.err);
    assert_eq!(fs::read_dir(data.join("backups")).expect("a folder").count(), before);
    server.stop();
}

#[test]
fn a_newer_database_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    set_up(data);
    back_up(data);
    let newer = "INSERT INTO migrations VALUES (9999, '9999_tomorrow.sql', x'00', 0)";
    Connection::open(data.join("larder.db")).and_then(|database| database.execute(newer, [])).expect("written");
    for args in [&["serve", "--listen", "127.0.0.1:0"][..], &["doctor"]] {
        let said = run(data, args);
        let text = format!("{}{}", said.out, said.err);
        assert!(said.code == 1 && text.contains("newer Larder (migration 9999_tomorrow.sql)"), "{args:?}: {text}");
        assert!(!text.contains("larder restore"), "an old backup is no help here: {text}");
    }
}

/// Makes a backup and gives its path.
fn back_up(data: &Path) -> PathBuf {
    done(data, &["backup"]);
    larder::db::backups(&data.join("backups")).expect("a list").into_iter().next().expect("a backup").1
}

fn cut(file: &Path, parts: u64) {
    let file = fs::OpenOptions::new().write(true).open(file).expect("opened");
    let pages = file.metadata().expect("there").len() / 4096;
    file.set_len(pages / parts * 4096).expect("cut");
}

fn overwrite(file: &Path, at: u64) {
    let mut file = fs::OpenOptions::new().write(true).open(file).expect("opened");
    file.seek(SeekFrom::Start(at)).expect("found");
    file.write_all(&[0x5a; 4096]).expect("written");
}

/// Types the command that was printed into a shell.
fn follow(said: &Said) {
    let command =
        said.out.lines().find_map(|line| line.find("larder restore").map(|at| &line[at..])).expect("a command");
    let command = command.split(" To begin anew").next().expect("a command").trim_end_matches('.');
    let program = env!("CARGO_BIN_EXE_larder");
    let typed = command.replacen("larder", program, 1);
    let followed = std::process::Command::new("sh").args(["-c", &typed]).output().expect("a shell");
    assert!(followed.status.success(), "{typed}: {}", String::from_utf8_lossy(&followed.stderr));
}
