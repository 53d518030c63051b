//! `larder import`: what it takes, prints and answers, alone and beside a server.

use std::path::Path;
use std::time::{Duration, Instant};

use crate::shell::{Server, done, run, set_up, start};

fn write(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("written");
    path.display().to_string()
}

fn import(data: &Path, kind: &str, file: &str, more: &[&str]) -> (i32, String, String) {
    let said = run(data, &[&["import", kind, file, "--tenant", "acme-sons"], more].concat());
    let last = said.out.lines().last().unwrap_or_default().to_owned();
    (said.code, last, said.err)
}

#[test]
fn what_is_rejected_comes_back_and_goes_in_with_the_alias_that_was_missing() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    set_up(&data);
    let products = write(folder.path(), "products.csv", "product,sales_price\nGTX Pro,\"4,821\"\n");
    let deals = write(folder.path(), "deals.csv", "deal,product,stage,x\nA,GTXPro,WON,1\nB,gtx pro,Lost,2\n");
    let rejected = folder.path().join("rejected.csv").display().to_string();

    let (code, last, _) = import(&data, "products", &products, &["--dry-run"]);
    assert_eq!((code, last.as_str()), (0, "created 1, updated 0, unchanged 0, rejected 0, warnings 0"));
    let (code, last, _) = import(&data, "products", &products, &[]);
    assert_eq!((code, last.as_str()), (0, "created 1, updated 0, unchanged 0, rejected 0, warnings 0"));
    let (code, last, said) = import(&data, "deals", &deals, &["--rejected", &rejected]);
    assert_eq!((code, last.as_str()), (3, "created 1, updated 0, unchanged 0, rejected 1, warnings 0"));
    assert!(said.contains("--alias 'product_id:GTXPro=GTX Pro'"), "{said}");

    // Beside a server the same command goes through it.
    let server = Server::start(&data, &[], "running on");
    let alias = ["--alias", "product:GTXPro=GTX Pro", "--keep-unmapped", "--rejected", &rejected];
    let (code, last, said) = import(&data, "deals", &rejected, &alias);
    assert_eq!((code, last.as_str()), (0, "created 1, updated 0, unchanged 0, rejected 0, warnings 0"), "{said}");
    let list = done(&data, &["export", "deals", "--tenant", "acme-sons"]);
    assert_eq!(list.lines().count(), 3, "{list}");
    assert!(list.contains("GTX Pro,won"), "{list}");
    server.stop();
}

#[test]
fn what_is_asked_wrongly_is_said_and_nothing_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    set_up(&data);
    let file = write(folder.path(), "x.csv", "name\nA\n");
    for (args, word) in [
        (vec!["companies", file.as_str(), "--map", "nam=name", "--tenant", "acme-sons"], "has no column \"nam\""),
        (vec!["companies", &file, "--map", "name=nmae", "--tenant", "acme-sons"], "no field \"nmae\""),
        (
            vec!["companies", &file, "--alias", "sector:a=b", "--tenant", "acme-sons"],
            "No column is taken as \"sector\"",
        ),
        (vec!["companies", &file, "--alias", "sector", "--tenant", "acme-sons"], "is not FIELD:FROM=TO"),
        (vec!["gadgets", &file, "--tenant", "acme-sons"], "no such kind"),
        (vec!["roles", &file, "--tenant", "acme-sons"], "cannot be imported"),
        (vec!["deals", &file, "--map", "name=", "--tenant", "acme-sons"], "None of the columns"),
        (vec!["companies", &file, "--tenant", "nobody"], "no tenant \"nobody\""),
        (vec!["companies", "/nowhere.csv", "--tenant", "acme-sons"], "cannot be read"),
    ] {
        let said = run(&data, &[&["import"], args.as_slice()].concat());
        assert!(said.code == 1 || said.code == 2, "{args:?}: {}", said.code);
        assert!(said.err.contains(word), "{args:?}: {}", said.err);
    }
    let list = done(&data, &["export", "companies", "--tenant", "acme-sons"]);
    assert_eq!(list.lines().count(), 1);
}

#[test]
fn a_killed_import_goes_on_when_the_server_starts() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    set_up(&data);
    let rows: String = (0..20_000).map(|i| format!("C{i}\n")).collect();
    let file = write(folder.path(), "many.csv", &format!("name\n{rows}"));
    let count = || done(&data, &["export", "companies", "--tenant", "acme-sons"]).lines().count() - 1;
    let mut child = start(&data, &["import", "companies", &file, "--tenant", "acme-sons"]);
    while count() == 0 {
        assert!(child.try_wait().expect("asked").is_none(), "it ended without a row");
    }
    child.kill().and_then(|()| child.wait()).expect("killed");

    let server = Server::start(&data, &[], "running on");
    let begun = Instant::now();
    while count() < 20_000 {
        assert!(begun.elapsed() < Duration::from_secs(60), "{} rows", count());
        std::thread::sleep(Duration::from_millis(100));
    }
    std::thread::sleep(Duration::from_millis(200));
    assert_eq!(count(), 20_000);
    server.stop();
}
