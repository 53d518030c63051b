//! Killed in the middle of everything, again and again: what was acknowledged is there.

use std::collections::HashMap;
use std::path::Path;
use std::time::Duration;

use larder::kernel::Id;
use rusqlite::{Connection, OpenFlags, OptionalExtension};

use crate::client::{Client, sign_in};
use crate::shell::{Server, done, set_up};

const ROUNDS: u32 = 20;
const WRITERS: usize = 16;

/// The last version of each company that the server has acknowledged, and its name.
pub type Acknowledged = HashMap<String, (i64, String)>;

#[test]
fn what_was_acknowledged_survives_twenty_kills_amid_sixteen_writers() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path();
    set_up(data);
    let mut server = Server::start(data, &[], "data lies in");
    let token = sign_in(&server.url);
    let (mut acknowledged, mut writes) = (Acknowledged::new(), 0);
    for round in 0..ROUNDS {
        let url = server.url.clone();
        let noted: Vec<Acknowledged> = std::thread::scope(|scope| {
            let writers: Vec<_> = (0..WRITERS)
                .map(|writer| {
                    let client = Client::new(&url, &token);
                    scope.spawn(move || write_until_it_dies(&client, &format!("{round}-{writer}")))
                })
                .collect();
            // A copy that is being made must not be in the way of the next start either.
            scope.spawn(|| Client::new(&url, &token).send("POST", "admin/backups", None, Some(&serde_json::json!({}))));
            std::thread::sleep(Duration::from_millis(rand::random_range(20..400)));
            server.kill();
            writers.into_iter().map(|writer| writer.join().expect("a writer")).collect()
        });
        let noted: Acknowledged = noted.into_iter().flatten().collect();
        writes += noted.values().map(|(version, _)| version).sum::<i64>();
        acknowledged.extend(noted);

        server = Server::start(data, &[], "data lies in");
        examine(data, &acknowledged, ROUNDS as usize * WRITERS);
        if let Some((id, (version, _))) = acknowledged.iter().next() {
            let served = Client::new(&server.url, &token).get(&format!("companies/{id}")).expect("an answer");
            assert!(served.status == 200 && served.body["version"].as_i64() >= Some(*version), "{served:?}");
        }
    }
    assert!(acknowledged.len() > ROUNDS as usize, "too little was written to prove anything");
    server.stop();
    let said = done(data, &["verify"]);
    eprintln!("{writes} acknowledged writes, {} records, {ROUNDS} kills: {said}", acknowledged.len());
}

/// Creates companies and renames each a few times, until the connection breaks.
pub fn write_until_it_dies(client: &Client, name: &str) -> Acknowledged {
    let mut noted = Acknowledged::new();
    for n in 0.. {
        let first = format!("{name}-{n}");
        let Some(made) = client.create(&first) else { break };
        assert_eq!(made.status, 201, "{made:?}");
        let id = made.body["id"].as_str().expect("an id").to_owned();
        noted.insert(id.clone(), (1, first));
        for version in 1..4 {
            let next = format!("{name}-{n}, renamed {version} times");
            let Some(renamed) = client.rename(&id, version, &next) else { return noted };
            assert_eq!(renamed.status, 200, "{renamed:?}");
            noted.insert(id.clone(), (version + 1, next));
        }
    }
    noted
}

/// Looks into the file itself, beside the server that has recovered it.
pub fn examine(data: &Path, acknowledged: &Acknowledged, unheard: usize) {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    let database = Connection::open_with_flags(data.join("larder.db"), flags).expect("the database");
    let text = |sql: &str| database.query_row(sql, [], |row| row.get::<_, String>(0)).optional().expect("an answer");
    assert_eq!(text("PRAGMA integrity_check").as_deref(), Some("ok"));
    assert_eq!(text("SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1"), None);

    let mut company = database.prepare("SELECT version, name FROM companies WHERE id = ?1").expect("a statement");
    let mut history = database
        .prepare("SELECT count(*), max(version) FROM activity WHERE kind = 'companies' AND record_id = ?1")
        .expect("a statement");
    for (id, (version, name)) in acknowledged {
        let bytes = *id.parse::<Id>().expect("an id").as_bytes();
        let found: (i64, String) =
            company.query_row([bytes], |row| Ok((row.get(0)?, row.get(1)?))).expect("the company is there");
        // One change more may have been committed without anybody hearing of it.
        assert!(found == (*version, name.clone()) || found.0 == version + 1, "{id}: {found:?}, not {version} {name}");
        let told: (i64, i64) = history.query_row([bytes], |row| Ok((row.get(0)?, row.get(1)?))).expect("its history");
        assert_eq!(told, (found.0, found.0), "{id}: each change has its line in the history");
    }
    let all: i64 = database.query_row("SELECT count(*) FROM companies", [], |row| row.get(0)).expect("a count");
    assert!(all as usize <= acknowledged.len() + unheard, "{all} companies out of {}", acknowledged.len());

    let left = std::fs::read_dir(data.join("backups")).into_iter().flatten().flatten();
    let torn: Vec<_> = left.map(|e| e.file_name()).filter(|n| n.to_string_lossy().contains("partial")).collect();
    assert!(torn.is_empty(), "half a backup stayed behind: {torn:?}");
}
