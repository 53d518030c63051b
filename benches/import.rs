//! Rows imported per second: history included, and until search has caught up.
//!
//! `cargo bench --bench import`, pinned to one core with `taskset -c 0`

mod store;

use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use larder::kernel::Id;
use larder::record::Imports;

const ROWS: u64 = 50_000;

/// Rows as the register of lifts in New York has them.
fn file() -> String {
    let types = ["Passenger", "Freight", "Escalator", "Dumbwaiter"];
    let mut text = String::from("status,type,approved,lat,lng\n");
    for i in 0..ROWS {
        let day = 19_900_101 + (i % 28);
        let (lat, lng) = (40_500_000 + i * 7 % 400_000, 73_700_000 + i * 11 % 500_000);
        let approved = if i % 2 == 0 { day.to_string() } else { String::new() };
        let kind = types[(i % 4) as usize];
        text.push_str(&format!("ACTIVE,{kind},{approved},{:.5},-{:.5}\n", lat as f64 / 1e6, lng as f64 / 1e6));
    }
    text
}

/// One import into an empty folder, from its file to the search.
fn once(file: &str) -> Duration {
    let store = store::filled(0);
    let imports = Imports::new(store.db.clone(), store.registry.clone(), store.folder.path(), Default::default())
        .expect("imports");
    let access = Arc::new(store.access.clone());
    let begun = Instant::now();
    let draft = imports.create(&access, "equipment", "lifts.csv", file.as_bytes()).expect("a draft");
    let id: Id = draft["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
    imports.start(&access, id).expect("started");
    loop {
        let now = imports.show(&access, id).expect("an import");
        if now["state"] == "done" {
            assert_eq!(now["created"], ROWS);
            break;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    store.db.search_caught_up().wait().expect("search follows");
    begun.elapsed()
}

fn import(c: &mut Criterion) {
    let file = file();
    let mut group = c.benchmark_group("import");
    group.throughput(Throughput::Elements(ROWS)).sample_size(10);
    group.bench_function("equipment", |b| b.iter_custom(|n| (0..n).map(|_| once(&file)).sum()));
    group.finish();
}

criterion_group!(benches, import);
criterion_main!(benches);
