//! S42: the records that a person opened lately.

use serde_json::{Value, json};

use crate::server::Server;

#[test]
fn what_one_opened_lately_stands_newest_first_and_at_most_twenty() {
    let (_server, owner) = Server::set_up();
    let ids: Vec<String> = (0..23).map(|n| owner.create("companies", &json!({"name": format!("C{n}")})).0).collect();
    let open = |id: &str| {
        std::thread::sleep(std::time::Duration::from_millis(2));
        owner.post("/api/v1/recents", &json!({"kind": "companies", "id": id})).expect(204);
    };
    ids.iter().for_each(|id| open(id));
    open(&ids[10]);
    let titles = || -> Vec<Value> {
        let told = owner.get("/api/v1/recents").expect(200).json();
        told["data"].as_array().expect("rows").iter().map(|row| row["title"].clone()).collect()
    };
    let told = titles();
    assert_eq!((told.len(), &told[0], &told[1], &told[19]), (20, &json!("C10"), &json!("C22"), &json!("C3")));
    owner.with("if-match", "*").delete(&format!("/api/v1/companies/{}", ids[10])).expect(204);
    assert_eq!(titles()[0], "C22");
    let before = owner.get("/api/v1/activity?limit=1").json();
    open(&ids[1]);
    assert_eq!(owner.get("/api/v1/activity?limit=1").json(), before, "looking leaves no trace");
    owner.post("/api/v1/recents", &json!({"kind": "companies", "id": ids[10]})).expect(404);
    owner.post("/api/v1/recents", &json!({"kind": "moons", "id": ids[1]})).expect(404);
}
