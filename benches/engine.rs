//! The engine alone, without HTTP: what a reader thread spends on each sort of request.
//!
//! `cargo bench --bench engine`

mod store;

use criterion::{Criterion, criterion_group, criterion_main};
use larder::kernel::Id;
use larder::record::{Query, Selection, View};

fn engine(c: &mut Criterion) {
    let store = store::filled(100_000);
    let at = store.registry.position("equipment").expect("equipment");
    let (registry, access) = (store.registry.clone(), store.access.clone());
    let parse = move |params: &[(&str, &str)]| {
        let params: Vec<_> = params.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        Query::parse(&registry, &access, at, &params).expect("a query")
    };
    let (registry, access) = (store.registry.clone(), store.access.clone());
    let list = [("status", "active"), ("sort", "-created_at")];
    // Page 3,000 by cursor, beside page 1.
    let mut cursor = None::<String>;
    for _ in 0..375 {
        let mut params = vec![list[0], list[1], ("limit", "200")];
        if let Some(cursor) = &cursor {
            params.push(("cursor", cursor));
        }
        let query = parse(&params);
        let (registry, access) = (registry.clone(), access.clone());
        cursor =
            store.db.read(move |conn| View::new(conn, &registry, &access).list(&query)).wait().expect("a page").next;
    }
    let cursor = cursor.expect("75,000 rows in");
    let ids = store.ids.clone();
    let cases = vec![
        ("list of 25, filtered and sorted", parse(&list)),
        ("the same, page 3,000 by cursor", parse(&[list[0], list[1], ("cursor", &cursor)])),
        ("list of 25, four fields", parse(&[list[0], list[1], ("fields", "id,name,serial,status")])),
    ];
    for (name, query) in cases {
        let (registry, access) = (registry.clone(), access.clone());
        c.bench_function(name, |b| {
            let (registry, access, query) = (registry.clone(), access.clone(), query.clone());
            b.iter_custom(|n| {
                let (registry, access, query) = (registry.clone(), access.clone(), query.clone());
                let run = move |conn: &rusqlite::Connection| {
                    let start = std::time::Instant::now();
                    for _ in 0..n {
                        View::new(conn, &registry, &access).list(&query)?;
                    }
                    Ok(start.elapsed())
                };
                store.db.read_heavy(std::time::Duration::from_secs(60), run).wait().expect("listed")
            });
        });
    }
    c.bench_function("one record", |b| {
        b.iter_custom(|n| {
            let (registry, access, ids) = (registry.clone(), access.clone(), ids.clone());
            let run = move |conn: &rusqlite::Connection| {
                let start = std::time::Instant::now();
                for i in 0..n as usize {
                    View::new(conn, &registry, &access).get(at, ids[i % ids.len()], &Selection::whole())?;
                }
                Ok(start.elapsed())
            };
            store.db.read_heavy(std::time::Duration::from_secs(60), run).wait().expect("read")
        });
    });
    c.bench_function("planning an update of a name", |b| {
        b.iter_custom(|n| {
            let (registry, access, ids) = (registry.clone(), access.clone(), ids.clone());
            let body = serde_json::json!({"name": "Another name"}).as_object().cloned().expect("an object");
            let run = move |conn: &rusqlite::Connection| {
                let start = std::time::Instant::now();
                for i in 0..n as usize {
                    let id: Id = ids[i % ids.len()];
                    View::new(conn, &registry, &access).plan_update(at, id, &body, None)?;
                }
                Ok(start.elapsed())
            };
            store.db.read_heavy(std::time::Duration::from_secs(60), run).wait().expect("planned")
        });
    });
}

criterion_group!(benches, engine);
criterion_main!(benches);
