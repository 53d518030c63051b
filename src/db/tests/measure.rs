//! Not tests but figures: `cargo test --release --lib db::tests::measure -- --ignored --nocapture`.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::db::{Change, Db, fault};

use super::fixture::{Larder, options};

const ROWS: i64 = 100_000;
const CLIENTS: i64 = 64;
const LENGTH: Duration = Duration::from_secs(3);

/// A slice of an import: one INSERT and one history row each.
fn slice(first: i64, rows: i64) -> Change {
    let mut change = Change::new();
    let name = |seq: i64| {
        let what = ["passenger lift", "goods hoist", "escalator", "dumb waiter", "platform lift"][seq as usize % 5];
        format!("{what} no {seq} in the {} street building", ["north", "south", "east", "west"][seq as usize % 4])
    };
    change.push_many(
        "INSERT INTO things(seq, id, tenant_id, name, serial) VALUES (?1, ?2, 1, ?3, ?4)",
        (first..first + rows)
            .map(|seq| {
                vec![seq.into(), crate::kernel::Id::new().into(), name(seq).into(), format!("SN-{seq:06}").into()]
            })
            .collect(),
    );
    change.push_many(
        "INSERT INTO history(at, thing, what) VALUES (0, ?1, 'import')",
        (first..first + rows).map(|seq| vec![seq.into()]).collect(),
    );
    change.touch(1, "things");
    change
}

fn filled() -> Larder {
    let larder = Larder::with(options());
    let start = Instant::now();
    let mut tickets = std::collections::VecDeque::new();
    for first in (1..=ROWS).step_by(500) {
        tickets.push_back(larder.db.write_bulk(slice(first, 500)));
        if tickets.len() >= 4 {
            tickets.pop_front().expect("a ticket").wait().expect("imported");
        }
    }
    tickets.into_iter().for_each(|ticket| ticket.wait().expect("imported"));
    let imported = start.elapsed();
    larder.db.search_caught_up().wait().expect("caught up");
    let rate = ROWS as f64 / imported.as_secs_f64();
    println!("import: {rate:.0} rows/s, search {:.2} s later", (start.elapsed() - imported).as_secs_f64());
    larder
}

/// Runs one future after the other for each client on one thread, as a web worker does.
fn clients<F: Future<Output = ()> + 'static>(
    db: &Arc<Db>,
    what: &str,
    each: impl Fn(Arc<Db>, i64) -> F + Copy + 'static,
) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    let local = tokio::task::LocalSet::new();
    let db = Arc::clone(db);
    let (count, slowest) = local.block_on(&runtime, async move {
        let mut all = JoinSet::new();
        for client in 0..CLIENTS {
            let db = Arc::clone(&db);
            all.spawn_local(async move {
                let (start, mut count, mut slowest) = (Instant::now(), 0_i64, Duration::ZERO);
                while start.elapsed() < LENGTH {
                    let one = Instant::now();
                    each(Arc::clone(&db), count * CLIENTS + client).await;
                    slowest = slowest.max(one.elapsed());
                    count += 1;
                }
                (count, slowest)
            });
        }
        let all = all.join_all().await;
        (all.iter().map(|(count, _)| count).sum::<i64>(), all.iter().map(|(_, slowest)| *slowest).max())
    });
    println!("{what}: {:.0}/s, slowest {:?}", count as f64 / LENGTH.as_secs_f64(), slowest.unwrap_or_default());
}

#[test]
#[ignore = "figures, not a test"]
fn figures() {
    let larder = filled();
    clients(&larder.db, "hand-off alone", |db, _| async move { db.read(|_| Ok(())).await.expect("read") });
    clients(&larder.db, "point reads", |db, n| async move {
        let seq = n * 7919 % ROWS + 1;
        db.read(move |c| {
            c.prepare_cached("SELECT id, version, name, serial FROM things WHERE tenant_id = 1 AND seq = ?1")
                .and_then(|mut s| s.query_row([seq], |row| row.get::<_, String>(2)))
                .map_err(fault)
        })
        .await
        .map(drop)
        .expect("read");
    });
    clients(&larder.db, "audited updates of an indexed name", |db, n| async move {
        db.write(rename(n)).await.expect("written")
    });
    println!("{:?}", larder.db.stats());
    larder.db.search_caught_up().wait().expect("caught up");
    let start = Instant::now();
    let report = larder.db.backup_into(&larder.folder.path().join("backups")).wait().expect("backed up");
    println!("backup: {} MB in {:?}", report.bytes >> 20, start.elapsed());
}

fn rename(n: i64) -> Change {
    let seq = n * 7919 % ROWS + 1;
    let mut change = Change::new();
    change.guard("version", "EXISTS (SELECT 1 FROM things WHERE seq = ?1 AND deleted_at IS NULL)", vec![seq.into()]);
    change.push(
        "UPDATE things SET name = ?2, version = version + 1 WHERE seq = ?1",
        vec![seq.into(), format!("lift number {n} renamed").into()],
    );
    change.push(
        "INSERT INTO history(at, thing, what) VALUES (0, ?1, ?2)",
        vec![seq.into(), format!("{{\"name\":[\"a lift\",\"lift number {n} renamed\"]}}").into()],
    );
    change.touch(1, "things");
    change
}
